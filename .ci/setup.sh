#!/usr/bin/env bash
# Makes a Debian 12 machine with cargo and node able to build Waymark (`run`),
# to test it too (`test`, the default), or to audit its dependencies (`audit`).
#
# Each step first looks whether its result is there, so that a second run only
# looks. A tool is built aside and moved into place whole: what is there, works.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
. .ci/env.sh

what=${1:-test}
case $what in run | test | audit) ;; *)
  echo "usage: .ci/setup.sh [run|test|audit]" >&2
  exit 2
  ;;
esac

wasm=wasm32-unknown-unknown
# Tools are built in here, with `nice` so that the machine stays usable.
build_dir=$WAYMARK_TOOLS/build

say() { printf '[setup] %s\n' "$*"; }
fail() {
  printf '[setup] %s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
# $1: the least version that will do, $2: the one that is there.
newer_than() { printf '%s\n' "$1" "$2" | sort -CV; }
# Runs a long command quietly; shows the end of what it said if it fails.
logged() {
  "$@" >"$log" 2>&1 && return
  tail -n 20 "$log" >&2
  fail "failed: $*"
}
took() { say "  done in $((SECONDS - $1)) s"; }

# ---- System packages -------------------------------------------------------

apt_install() {
  has apt-get || fail "please install: $* (this script can only do it with apt-get)"
  if [ "$(id -u)" != 0 ] && ! has sudo; then fail "please install as root: apt-get install $*"; fi
  local start=$SECONDS
  say "installing system packages: $* (a minute or two)"
  logged as_root apt-get -q update
  logged as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
  took "$start"
}

has_chromium() { [ -x "${CHROMIUM:-}" ] || has chromium; }
has_chinese_font() { has fc-list && [ -n "$(fc-list :lang=zh family 2>/dev/null | head -c 1)" ]; }
has_venv() { has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; }
has_postgresql() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

system_packages() {
  local missing=()
  has cc || missing+=(build-essential)
  if [ "$what" = test ]; then
    has_chromium || missing+=(chromium)
    has_chinese_font || missing+=(fontconfig fonts-noto-cjk)
    has_postgresql || missing+=(postgresql)
    has pdftotext || missing+=(poppler-utils)
    has_venv || missing+=(python3-venv)
  fi
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
  if ! has node || ! has npm || ! newer_than "$NODE_VERSION" "$(node -p process.versions.node)"; then
    fail "please install Node.js $NODE_VERSION or newer, with npm"
  fi
}

# ---- Rust for the host and for wasm32 --------------------------------------

# $1: a folder with rustc. New enough, and able to compile for the browser?
rust_fits() {
  local version
  version=$("$1/rustc" --version 2>/dev/null | cut -d' ' -f2) || return 1
  newer_than "$RUST_VERSION" "$version" || return 1
  has_wasm_std "$1/rustc"
}
has_wasm_std() {
  local lib
  lib=$("$1" --print target-libdir --target $wasm) || return 1
  compgen -G "$lib/libstd-*.rlib" >/dev/null || return 1
  # A std that we built is only good for the very compiler that built it.
  [ ! -f "$lib/built-by" ] || [ "$("$1" -vV)" = "$(cat "$lib/built-by")" ]
}

rust_from_rustup() {
  has rustup || return 1
  if ! rust_fits "$(rustup_bin)"; then
    say "trying rustup for Rust $RUST_VERSION with $wasm (under a minute; given up after 5)"
    RUSTUP_MAX_RETRIES=1 timeout 300 rustup toolchain install "$RUST_VERSION" --no-self-update \
      --profile minimal -c clippy -c rustfmt -t $wasm >"$log" 2>&1 || {
      say "  rustup could not: $(grep -m 1 '^error' "$log" || echo 'no answer in time')"
      return 1
    }
  fi
  ln -s "$(rustup_bin)" "$1"
}
rustup_bin() { dirname "$(rustup which --toolchain "$RUST_VERSION" rustc 2>/dev/null)"; }

# Debian's own compiler is new enough, but has no std for wasm32. Its source
# package has what it takes to build one.
rust_from_debian() {
  has apt-get || fail "please install Rust $RUST_VERSION or newer with the target $wasm"
  local lld tool start lib
  local packages=(rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22)
  dpkg -s "${packages[@]}" >/dev/null 2>&1 || apt_install "${packages[@]}"
  lld=$(compgen -c lld- | grep -E '^lld-[0-9]+$' | sort -V | tail -n 1)
  mkdir "$1"
  for tool in cargo rustc rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    ln -s "/usr/bin/$tool" "$1/$tool"
  done
  ln -s "$(command -v "$lld")" "$1/rust-lld"
  has_wasm_std /usr/bin/rustc && return

  say "building Rust's std for $wasm (about 40 s of processor time)"
  start=$SECONDS
  mkdir -p "$build_dir/std/src"
  : >"$build_dir/std/src/lib.rs"
  printf '[package]\nname = "std-only"\nedition = "2024"\n[workspace]\n' >"$build_dir/std/Cargo.toml"
  # Without embedded bitcode a release build with LTO could not use this std.
  (cd "$build_dir/std" && PATH=$1:$PATH CARGO_TARGET_DIR=target RUSTC_BOOTSTRAP=1 \
    RUSTFLAGS='-C embed-bitcode=yes' logged nice cargo build --release \
    -Z build-std=std,panic_abort --target $wasm)
  rm -f "$build_dir"/std/target/$wasm/release/deps/libstd_only-*
  /usr/bin/rustc -vV >"$build_dir/std/built-by"
  lib=$(/usr/bin/rustc --print target-libdir --target $wasm)
  as_root rm -rf "$lib" "$lib.new"
  as_root mkdir -p "$lib.new"
  as_root cp "$build_dir"/std/target/$wasm/release/deps/*.rlib "$build_dir/std/built-by" "$lib.new/"
  as_root mv -T "$lib.new" "$lib"
  rm -rf "$build_dir/std"
  took "$start"
}

rust() {
  local start=$SECONDS dir staged
  rust_fits "$rust_bin" && return
  dir=$(dirname "$rust_bin") staged=$WAYMARK_TOOLS/staged
  rm -rf "$staged" "$dir"
  mkdir -p "$staged"
  if ! rust_from_rustup "$staged/bin"; then
    rust_from_debian "$staged/bin"
  fi
  mv -T "$staged" "$dir"
  rust_fits "$rust_bin" || fail "$("$rust_bin/rustc" --version) is too old or cannot compile for $wasm"
  took "$start"
}

# ---- Tools written in Rust -------------------------------------------------

# $1 crate, $2 version, $3 program, $4 its folder, $5 how long a build takes;
# the rest goes to `cargo install`.
rust_tool() {
  local crate=$1 version=$2 program=$3 bin=$4 minutes=$5 start=$SECONDS
  local staged=$WAYMARK_TOOLS/staged
  shift 5
  [ -x "$bin/$program" ] && return
  rm -rf "$staged" "$(dirname "$bin")"
  mkdir -p "$staged"
  if has cargo-binstall; then
    say "trying cargo binstall for $crate $version (given up after 2 minutes)"
    timeout 120 cargo binstall --no-confirm --disable-strategies compile --root "$staged" \
      "$crate@$version" >"$log" 2>&1 || say "  cargo binstall could not"
  fi
  if [ ! -x "$staged/bin/$program" ]; then
    say "building $crate $version (about $minutes on 2 cores, once per machine)"
    build_tool "$crate" --version "$version" --root "$staged" "$@"
  fi
  mv -T "$staged" "$(dirname "$bin")"
  took "$start"
}

# The tools mostly wait for disks and for other programs: the time to build
# them matters more than their speed. One target folder lets them share their
# dependencies, and a run that was broken off go on where it was.
build_tool() {
  local -x CARGO_TARGET_DIR=$build_dir/tools
  local -x CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off
  local -x CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=0
  # Locked means the dependencies that the tool's authors tested. A mirror may
  # lack one of them; then the newest that fit have to do.
  nice cargo install --locked "$@" >"$log" 2>&1 && return
  if grep -q 'failed to select a version' "$log"; then
    say "  a locked dependency is not to be had; taking the newest that fit"
    logged nice cargo install "$@"
  else
    tail -n 20 "$log" >&2
    fail "could not build $1"
  fi
}

wasm_bindgen() {
  local locked
  locked=$([ ! -f Cargo.lock ] || awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
  [ "${locked:-$WASM_BINDGEN_VERSION}" = "$WASM_BINDGEN_VERSION" ] ||
    fail "Cargo.lock has wasm-bindgen $locked, .ci/versions has $WASM_BINDGEN_VERSION: they must be equal"
  # This one works through the whole WASM, so its inner crates are optimised.
  rust_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" wasm-bindgen "$wasm_bindgen_bin" '1 to 2 minutes' \
    --bin wasm-bindgen \
    --config 'profile.release.package.walrus.opt-level=1' \
    --config 'profile.release.package.wasmparser.opt-level=1' \
    --config 'profile.release.package.wasm-bindgen-cli-support.opt-level=1'
}

# ---- npm -------------------------------------------------------------------

npm_packages() {
  local start=$SECONDS installed=end2end/node_modules/.installed-lock
  if cmp -s end2end/package-lock.json "$installed"; then
    hls_js
    return
  fi
  say "installing npm packages (about 20 s)"
  # The tests use the system's Chromium.
  logged env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix end2end ci --no-audit --no-fund
  cp end2end/package-lock.json "$installed"
  hls_js
  took "$start"
}

# Goes into the site as it is; browsers fetch it only for films in pieces.
hls_js() {
  local script=end2end/node_modules/hls.js/dist/hls.min.js
  cmp -s "$script" public/hls.js || cp "$script" public/hls.js
}

# ---- Python ----------------------------------------------------------------

# The tests call its interpreter by path, so that it does not matter that it was built elsewhere.
localstripe() {
  local start=$SECONDS staged=$WAYMARK_TOOLS/staged dir
  dir=$(dirname "$(dirname "$LOCALSTRIPE_PYTHON")")
  [ -x "$LOCALSTRIPE_PYTHON" ] && return
  say "installing localstripe $LOCALSTRIPE_VERSION (about 20 s)"
  rm -rf "$staged" "$dir"
  logged python3 -m venv "$staged"
  logged "$staged/bin/python" -m pip install --quiet --disable-pip-version-check -r .ci/localstripe.txt
  mv -T "$staged" "$dir"
  took "$start"
}

# ---- Everything ------------------------------------------------------------

mkdir -p "$WAYMARK_TOOLS"
exec 9>"$WAYMARK_TOOLS/lock"
flock -n 9 || {
  say "another set-up is at work on this machine; waiting for it"
  flock 9
}
log=$WAYMARK_TOOLS/setup.log

if [ "$what" = audit ]; then
  rust
  rust_tool cargo-deny "$CARGO_DENY_VERSION" cargo-deny "$cargo_deny_bin" '90 s'
else
  system_packages
  npm_packages
  [ "$what" = run ] || localstripe
  rust
  wasm_bindgen
  rust_tool cargo-leptos "$CARGO_LEPTOS_VERSION" cargo-leptos "$cargo_leptos_bin" '4 to 8 minutes' \
    --features no_downloads
fi
rm -rf "$build_dir"
say "ready to $what in ${SECONDS} s"
