/**
 * A socket on which an answer counts although the request could not be written: an engine that refuses a body by its
 * head alone answers and closes, and Node gives up a socket at its first failed write, with what it has not read yet.
 */
import { Socket, type SocketConstructorOpts, type TcpNetConnectOpts } from "node:net";

type Written = (error?: Error | null) => void;

export class EngineSocket extends Socket {
  /** Why nothing more is written; null while everything is. What was received before is still read, until its end. */
  writeError: Error | null = null;

  static connect(options: SocketConstructorOpts & TcpNetConnectOpts): EngineSocket {
    return new EngineSocket(options).connect(options);
  }

  override _write(chunk: unknown, encoding: BufferEncoding, written: Written): void {
    super._write(chunk, encoding, this.#unlessFailed(written));
  }

  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], written: Written): void {
    super._writev!(chunks, this.#unlessFailed(written));
  }

  /** A failed write never ends: so nothing is written after it, and nothing is destroyed for it. */
  #unlessFailed(written: Written): Written {
    return (error) => {
      if (error) this.writeError ??= error;
      else written();
    };
  }
}
