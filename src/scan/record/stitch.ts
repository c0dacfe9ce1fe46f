/**
 * Puts what threads wrote into one stream, nested as the tree is. What cannot be written yet is kept; it is as little as
 * the order of the walk allows, since a part is put in as soon as the directory around it is come back to.
 */
import type { RecordMessage } from './recorder.ts';

type Text = Extract<RecordMessage, { kind: 'text' }>;

/** What one thread writes below one directory. */
interface Part {
  readonly pieces: Text[];
  next: number;
  hasEnded: boolean;
  /** The thread that writes it; undefined until something came. */
  thread: number | undefined;
}

const COMMA_OPENING = Buffer.from(',\n[', 'latin1');
const CLOSING = Buffer.from(']', 'latin1');

export class Stitch {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #parts = new Map<number, Part>();
  /** Directories given away, by the one around them. */
  readonly #given = new Map<number, { part: number; bytes: Uint8Array }[]>();
  /** Parts being written, the innermost last. */
  readonly #open: number[];
  readonly #root: number;
  /** Bytes that wait for others. */
  heldBytes = 0;

  /** @param root the number of the directory that everything is in. */
  constructor(root: number, write: (bytes: Uint8Array) => void) {
    this.#root = root;
    this.#open = [root];
    this.#write = write;
  }

  /** Whether all was written. */
  get isWhole(): boolean {
    return this.#open.length === 0;
  }

  /** The thread whose next piece is waited for; undefined where nobody is known to work on it. */
  get awaitedThread(): number | undefined {
    const part = this.#open.at(-1);
    return part === undefined ? undefined : this.#parts.get(part)?.thread;
  }

  take(message: RecordMessage, thread: number): void {
    if (message.kind === 'given') {
      const { part, within, bytes } = message;
      const others = this.#given.get(within);
      if (others) others.push({ part, bytes });
      else this.#given.set(within, [{ part, bytes }]);
      return;
    }
    const part = this.#partOf(message.part);
    part.thread = thread;
    part.pieces.push(message);
    part.hasEnded = message.mark === 'end';
    this.heldBytes += message.bytes.length;
    this.#advance();
  }

  #advance(): void {
    for (let open = this.#open.at(-1); open !== undefined; open = this.#open.at(-1)) {
      const part = this.#partOf(open);
      if (part.next === part.pieces.length) {
        part.pieces.length = 0;
        part.next = 0;
        return;
      }
      const piece = part.pieces[part.next++];
      this.heldBytes -= piece.bytes.length;
      this.#write(piece.bytes);
      if (piece.mark === 'end') this.#close(open);
      else if (piece.mark !== 'more') this.#openGiven(piece.directory, piece.mark === 'last-gap');
    }
  }

  /** @param all also those that are not done: they are waited for. */
  #openGiven(directory: number, all: boolean): void {
    const given = this.#given.get(directory);
    if (!given) return;
    const due = given.filter(({ part }) => all || this.#parts.get(part)?.hasEnded === true);
    if (due.length === given.length) this.#given.delete(directory);
    else
      this.#given.set(
        directory,
        given.filter((one) => !due.includes(one)),
      );
    // The innermost is written first, and each opens its own brackets when its turn comes.
    for (const { part, bytes } of due) {
      const opening: Text = {
        kind: 'text',
        part,
        bytes: Buffer.concat([COMMA_OPENING, bytes]),
        mark: 'more',
        directory: 0,
      };
      const known = this.#partOf(part);
      known.pieces.unshift(opening);
      this.heldBytes += opening.bytes.length;
      this.#open.push(part);
    }
  }

  #close(part: number): void {
    this.#open.pop();
    this.#parts.delete(part);
    if (part !== this.#root) this.#write(CLOSING);
  }

  #partOf(part: number): Part {
    const known = this.#parts.get(part);
    if (known) return known;
    const fresh: Part = { pieces: [], next: 0, hasEnded: false, thread: undefined };
    this.#parts.set(part, fresh);
    return fresh;
  }
}
