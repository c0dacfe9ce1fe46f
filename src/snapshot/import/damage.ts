/** What is wrong with a snapshot's file, and where: every reader refuses with this alone. */

/** Becomes one line for the user, with the file's path. */
export class Damage extends Error {
  override readonly name = 'Damage';
  readonly offset: number;
  /** Whether `offset` is one of the file itself, and not of what is packed in it. */
  readonly isInFile: boolean;

  constructor(what: string, offset: number, isInFile = false) {
    super(what);
    this.offset = offset;
    this.isInFile = isInFile;
  }
}

/** Deeper than any tree that a person has seen, and no more than what is done level by level can bear. */
export const MOST_LEVELS = 16_384;
/** As long as ncdu allows; the kernel's own limit is 4095. */
export const MOST_NAME_BYTES = 32 * 1024;
