/** Who holds an entry, or something in it: /proc is read again only when what is known of it is old. */
import { isInside, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import { processName } from '../../model/process.ts';
import type { HeldFile, HoldKind, OpenFiles } from '../../model/process.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { heldPath, scanOpenFiles } from '../../system/processes/open-files.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { RowHolder } from './messages.ts';

/** What is older is read again. */
const FRESH_MS = 10_000;
/** Processes told of. */
const MOST_TOLD = 4;

export class Holders {
  #open: OpenFiles | undefined;
  #readAt = -Infinity;
  /** Where held files are; looked up once for each reading of /proc. */
  #paths = new Map<FileId, ByteString | undefined>();

  /** Whether some process holds the file, by the latest reading. */
  has = (id: FileId): boolean => this.#open?.files.has(id) === true;

  /** Reads /proc where the last time is long ago. It takes up to some tenths of a second. */
  refresh(): void {
    if (performance.now() - this.#readAt < FRESH_MS) return;
    this.#open = scanOpenFiles();
    this.#readAt = performance.now();
    this.#paths = new Map();
  }

  /** Processes that hold the entry `path`, or with `isDirectory` anything in it. */
  of(
    path: ByteString,
    isDirectory: boolean,
  ): { readonly holders: RowHolder[]; readonly holderCount: number; readonly hidden: number } {
    this.refresh();
    const found = new Map<number, HoldKind>();
    const own = namedFile(path)?.id;
    for (const file of this.#open!.files.values()) {
      if (file.id !== own && !(isDirectory && this.#isInside(file, path))) continue;
      for (const { pid, kind } of file.holds) if (!found.has(pid)) found.set(pid, kind);
    }
    const told = [...found].slice(0, MOST_TOLD);
    return {
      holders: told.flatMap(([pid, how]) => holderOf(pid, how) ?? []),
      holderCount: found.size,
      hidden: this.#open!.hiddenPids.length,
    };
  }

  #isInside(file: HeldFile, path: ByteString): boolean {
    if (!this.#paths.has(file.id)) this.#paths.set(file.id, heldPath(file));
    const held = this.#paths.get(file.id);
    // The holder may live in another mount namespace, where the path leads elsewhere.
    return held !== undefined && isInside(held, path) && namedFile(held)?.id === file.id;
  }
}

function holderOf(pid: number, how: HoldKind): RowHolder | undefined {
  const process = readProcess(pid);
  if (!process) return undefined;
  const { unit } = process;
  return { pid, how, unit, name: processName(process) || toText(process.command) };
}
