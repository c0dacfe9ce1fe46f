/** All that grows, each under a number and a name: files by their paths, and directories of many new ones. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DirectoryGrowth } from './directory-growth.ts';
import type { FileGrowth } from './file-growth.ts';
import type { Member } from './tree-growth.ts';

export class Series {
  readonly files = new Map<ByteString, FileGrowth>();
  readonly directories = new Map<ByteString, DirectoryGrowth>();
  #numbers = 0;

  nextNumber(): number {
    return ++this.#numbers;
  }

  *all(): Generator<Member> {
    // While one of them moves it has two names.
    yield* new Set(this.files.values());
    yield* this.directories.values();
  }

  /** A file without a name may have lost it to another growth. */
  addFile(path: ByteString, growth: FileGrowth): void {
    this.files.set(this.files.has(path) ? (`${path}\0${growth.id}` as ByteString) : path, growth);
  }

  /** It goes by another name from now on, unless that is another growth's already; whether it does. */
  move(growth: FileGrowth, path: ByteString): boolean {
    if (this.files.has(path)) return false;
    this.files.delete(growth.path);
    growth.path = path;
    this.files.set(path, growth);
    return true;
  }

  /** What a process before this one knew, under the numbers that it had. */
  takeBack(growths: readonly Member[]): void {
    for (const growth of growths) {
      this.#numbers = Math.max(this.#numbers, growth.number);
      if (growth.what === 'directory') this.directories.set(growth.path, growth);
      else this.addFile(growth.path, growth);
    }
  }

  /** Notes how far everything has grown. */
  sample(now: number): void {
    for (const growth of this.all()) growth.rate.add(now, growth.grownBytes, growth.files);
  }

  /** All that has grown so far grew before this process watched. */
  beginAnew(now: number): void {
    for (const growth of this.all()) {
      growth.earlierBytes = growth.grownBytes;
      growth.earlierFiles = growth.files;
    }
    this.sample(now);
  }
}
