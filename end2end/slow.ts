// A network between a browser and the school that stalls, breaks, or brings a newer service worker.

import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as school from "./school.ts";

export class Network {
  #state: "good" | "stalled" | "broken" = "good";
  readonly #waiting: (() => void)[] = [];
  /** What is added to the service worker, as a newer build would. */
  worker = "";
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async begin(): Promise<Network> {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const network = new Network(server);
    server.on("request", (asked, answer) => network.#pass(asked, answer));
    return network;
  }

  /** `stalled`: whoever asks waits until that is over. `broken`: whoever asks is hung up on. */
  set state(state: "good" | "stalled" | "broken") {
    this.#state = state;
    if (state !== "stalled") {
      for (const goOn of this.#waiting.splice(0)) {
        goOn();
      }
    }
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (this.#state === "broken") {
      asked.socket.destroy();
      return;
    }
    if (this.#state === "stalled") {
      this.#waiting.push(() => this.#pass(asked, answer));
      return;
    }
    const { host, origin, ...headers } = asked.headers;
    if (asked.url === "/sw.js") {
      // Asked for whole, or there is nothing to add to.
      delete headers["if-none-match"];
      delete headers["if-modified-since"];
    }
    const own = { ...headers, host: new URL(school.url).host, ...(origin !== undefined && { origin: school.url }) };
    // The worker is taken as it is, to be added to.
    const plain = asked.url === "/sw.js" ? { "accept-encoding": "identity" } : {};
    const options = { method: asked.method, headers: { ...own, ...plain } };
    const passed = ask(`${school.url}${asked.url}`, options, (got) => {
      const { "content-length": length, ...rest } = got.headers;
      answer.writeHead(got.statusCode ?? 502, asked.url === "/sw.js" ? rest : got.headers);
      got.pipe(answer, { end: asked.url !== "/sw.js" });
      got.on("end", () => asked.url === "/sw.js" && answer.end(this.worker));
    });
    passed.on("error", () => asked.socket.destroy());
    asked.pipe(passed);
  }
}
