/** Finds every file that a process holds, by (device, inode): descriptors, mappings, directories and programs. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { BlindSpot, HeldFile, Hold, HoldKind, OpenFiles } from '../../model/process.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { errorCode } from '../calls/errno.ts';
import { isKernelThread } from './kernel-thread.ts';
import { readMappings } from './mappings.ts';
import type { MappedFile } from './mappings.ts';
import { openProcDirectory } from './proc-directory.ts';
import type { LinkTarget, ProcDirectory } from './proc-directory.ts';
import { processIds } from './process-ids.ts';
import { FILE_TYPE } from '../calls/statx.ts';

/**
 * Scans all processes but this one. Pipes, sockets and what else has no place on a filesystem are left out.
 * @param withThreads whether threads that have gone ways of their own count: with another working directory, or without
 * the first thread, which has ended and shows nothing any more.
 */
export function scanOpenFiles(withThreads = false): OpenFiles {
  const scan = new OpenFilesScan();
  const blindSpots = findBlindSpots();
  for (const pid of processIds()) {
    if (pid === process.pid) continue;
    scan.addProcess(pid);
    if (withThreads) scan.addThreads(pid);
  }
  return {
    processes: scan.processes,
    hiddenPids: scan.hiddenPids,
    blindSpots,
    files: scan.files,
  };
}

/** A HeldFile whose holds are still being found. */
interface GrowingFile extends HeldFile {
  readonly holds: Hold[];
}

class OpenFilesScan {
  processes = 0;
  readonly hiddenPids: number[] = [];
  readonly files = new Map<FileId, GrowingFile>();
  readonly #directory: ProcDirectory = openProcDirectory();
  /** What maps calls a file → the file, looked up once for all that map it. */
  readonly #mapped = new Map<string, GrowingFile | undefined>();

  addProcess(pid: number): void {
    // Most processes of a small machine.
    if (!this.#directory.look(`/proc/${pid}/exe`) && isKernelThread(pid)) return;
    const trouble = this.#directory.visitDescriptors(pid, (descriptor, target) => {
      this.#fileOf(target)?.holds.push({ pid, kind: 'descriptor', descriptor, range: undefined });
    });
    if (trouble === 'EACCES' || trouble === 'EPERM') {
      this.#addHidden(pid);
      return;
    }
    // Ended meanwhile.
    if (trouble !== undefined) return;
    // Root without CAP_SYS_PTRACE may list the links, but not look through them.
    if (!this.#addLink(pid, 'working-directory', 'cwd') && isDenied(pid)) {
      this.#addHidden(pid);
      return;
    }
    this.#addLink(pid, 'root', 'root');
    this.#addLink(pid, 'executable', 'exe');
    this.processes++;
    for (const mapped of readMappings(pid)) this.#addMapping(pid, mapped);
  }

  /** The process's other threads: /proc/TID is there as well, only not listed. */
  addThreads(pid: number): void {
    const others = threadIds(pid).filter((thread) => thread !== pid);
    if (others.length === 0) return;
    const [whole] = this.#directory.look(`/proc/${pid}/cwd`) ? [] : others;
    if (whole !== undefined && !isDenied(pid)) {
      this.#directory.visitDescriptors(whole, (descriptor, target) => {
        this.#fileOf(target)?.holds.push({ pid: whole, kind: 'descriptor', descriptor, range: undefined });
      });
      for (const mapped of readMappings(whole)) this.#addMapping(whole, mapped);
    }
    for (const thread of others) {
      this.#addLink(thread, 'working-directory', 'cwd');
      this.#addLink(thread, 'root', 'root');
    }
  }

  #addHidden(pid: number): void {
    this.processes++;
    this.hiddenPids.push(pid);
  }

  #addLink(pid: number, kind: HoldKind, link: string): boolean {
    const target = this.#directory.look(`/proc/${pid}/${link}`);
    if (!target) return false;
    this.#fileOf(target)?.holds.push({ pid, kind, descriptor: undefined, range: undefined });
    return true;
  }

  #addMapping(pid: number, mapped: MappedFile): void {
    const { key, range } = mapped;
    let file = this.#mapped.get(key);
    if (file === undefined && !this.#mapped.has(key)) {
      file = this.#mappedFile(pid, mapped);
      this.#mapped.set(key, file);
    }
    file?.holds.push({ pid, kind: 'mapping', descriptor: undefined, range });
  }

  /** map_files is exact where maps shows another device than stat does (btrfs, overlay), but for root only. */
  #mappedFile(pid: number, { range, path, inode }: MappedFile): GrowingFile | undefined {
    const target = this.#directory.look(`/proc/${pid}/map_files/${range}`);
    if (target) return this.#fileOf(target);
    const named = this.#directory.look(path);
    return named?.inodeLow === inode % 2 ** 32 ? this.#fileOf(named) : undefined;
  }

  #fileOf(target: LinkTarget): GrowingFile | undefined {
    const { mode, links, device, inodeHigh, inodeLow } = target;
    const type = mode & FILE_TYPE.mask;
    // Anonymous inodes have no type.
    if (type === FILE_TYPE.socket || type === 0) return undefined;
    const id = fileId(device, inodeHigh, inodeLow);
    let file = this.files.get(id);
    if (!file) {
      const diskBytes = target.blocks * BLOCK_BYTES;
      file = { id, mode, links, diskBytes, apparentBytes: target.size, modifiedAt: target.mtime, holds: [] };
      this.files.set(id, file);
    }
    return file;
  }
}

/**
 * The path the kernel shows for a held file (proc_pid_fd(5)), as its holder sees it: it need not lead anywhere here,
 * nor to the same file. Undefined where every holder is gone.
 */
export function heldPath({ holds, links }: HeldFile): ByteString | undefined {
  for (const hold of holds) {
    try {
      const path = fromBytes(readlinkSync(linkOf(hold), { encoding: 'buffer' }));
      return links === 0 && path.endsWith(DELETED) ? (path.slice(0, -DELETED.length) as ByteString) : path;
    } catch {
      // Closed meanwhile, or a mapping that only root may look at: another hold may tell.
    }
  }
  return undefined;
}

/** The link of /proc through which a hold is seen; opening it opens the file, deleted or not. */
export function linkOf({ pid, kind, descriptor, range }: Hold): string {
  switch (kind) {
    case 'descriptor':
      return `/proc/${pid}/fd/${descriptor}`;
    case 'mapping':
      return `/proc/${pid}/map_files/${range}`;
    case 'working-directory':
      return `/proc/${pid}/cwd`;
    default:
      return `/proc/${pid}/${kind === 'root' ? 'root' : 'exe'}`;
  }
}

/** What the kernel adds to the path of a file that has no name any more. */
const DELETED = ' (deleted)';

function threadIds(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

function isDenied(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/cwd`);
    return false;
  } catch (error) {
    const code = errorCode(error);
    return code === 'EACCES' || code === 'EPERM';
  }
}

/** The first PID namespace has this inode number on every kernel (PROC_PID_INIT_INO). */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

function findBlindSpots(): BlindSpot[] {
  const spots: BlindSpot[] = [];
  try {
    const table = readFileSync('/proc/self/mounts', 'latin1');
    const options = table.split('\n').findLast((line) => line.split(' ')[1] === '/proc') ?? '';
    // Root and the group named by gid= see all; whoever sees process 1's status is one of them.
    if (/\bhidepid=(?!0|off)/u.test(options) && !canRead('/proc/1/status')) spots.push('hidepid');
    if (readlinkSync('/proc/self/ns/pid') !== FIRST_PID_NAMESPACE) spots.push('pid-namespace');
  } catch {
    spots.push('no-proc');
  }
  return spots;
}

function canRead(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
