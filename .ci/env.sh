# shellcheck shell=bash
# Source this (bash) to use the tools that setup.sh installed:  . .ci/env.sh
#
# Every cargo call has to see the same compiler and the same variables: cargo
# rebuilds everything when they change.

waymark_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=.ci/versions
. "$waymark_root/.ci/versions"

# Outside the checkout, so that a second clone finds the tools installed.
WAYMARK_TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/waymark

rust_bin=$WAYMARK_TOOLS/rust-$RUST_VERSION/bin
wasm_bindgen_bin=$WAYMARK_TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION/bin
cargo_leptos_bin=$WAYMARK_TOOLS/cargo-leptos-$CARGO_LEPTOS_VERSION/bin
cargo_deny_bin=$WAYMARK_TOOLS/cargo-deny-$CARGO_DENY_VERSION/bin

# The tests start it; see server/tests/it/stand_in.rs.
export LOCALSTRIPE_PYTHON=$WAYMARK_TOOLS/localstripe-$LOCALSTRIPE_VERSION/bin/python

waymark_path=$rust_bin:$wasm_bindgen_bin:$cargo_leptos_bin:$cargo_deny_bin
waymark_path=$waymark_path:$waymark_root/end2end/node_modules/.bin
case $PATH in
  "$waymark_path":*) ;;
  *)
    # cargo puts its own folder before PATH unless PATH names it, and rustup's
    # proxies live there; so name it, last.
    export PATH=$waymark_path:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    # Debian keeps PostgreSQL's server programs out of PATH.
    if ! command -v initdb >/dev/null; then
      for dir in /usr/lib/postgresql/*/bin; do PATH=$PATH:$dir; done
    fi
    ;;
esac

# Server functions get their URL from module and name. The default hashes the
# build's path, so that two builds of the same source would not understand
# each other.
export SERVER_FN_MOD_PATH=1 DISABLE_SERVER_FN_HASH=1
