/** Where the limits of other programs are written down: below a root directory, so that a test has its own. */
import { fromText, joinPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import { readSmallFile } from '../../../system/files/file-tail.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';

export class Settings {
  readonly root: ByteString;

  constructor(root: ByteString = fromText('/')) {
    this.root = root;
  }

  /** The text of a file of settings; undefined where there is none. */
  read(path: string): ByteString | undefined {
    return readSmallFile(this.at(path));
  }

  has(path: string): boolean {
    return this.read(path) !== undefined;
  }

  /** Paths of the files in a directory, in order. */
  list(directory: string): string[] {
    return directoryNames(this.at(directory))
      .toSorted()
      .map((name) => `${directory}/${name}`);
  }

  /** Where a path of the machine lies. */
  at(path: string): ByteString {
    return joinPath(this.root, path.replace(/^\/+/u, '') as ByteString);
  }
}
