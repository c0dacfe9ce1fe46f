/** What a large file is, where its first bytes or its ending leave no doubt, and what it names of what it holds. */
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { ContentKind, FileContent, FileFormat } from '../../model/findings/file-content.ts';
import { isDataTable, isLogText } from '../../remedies/remedies.ts';
import { readFileStart } from '../../system/files/file-start.ts';
import { readTail, wholeLines } from '../../system/files/file-tail.ts';
import { readUnpackedStart } from '../../system/files/unpacked-start.ts';
import { contentNames } from './content-names.ts';
import { endings, magics } from './file-magics.ts';

/** Enough for the farthest of the magics. */
const START_BYTES = 0x1_0048;
const LINES_BYTES = 0x4000;
/** What a packed file holds begins with one of the magics near its start. */
const INNER_BYTES = 4096;
const PACKED_ENDING = /\.(?:gz|tgz|xz|txz|zst|bz2|tbz2?|lz4|Z)$/u;

/** Reads the start of the file, and of what is packed in it; undefined where nothing is certain. */
export function fileContent(path: ByteString): FileContent | undefined {
  const start = readFileStart(path, START_BYTES) ?? ('' as ByteString);
  const known = told(start);
  if (known !== undefined) {
    const names = contentNames(known.format, path, start);
    const kept = byFirstMember(names[0] ?? '') ?? known;
    return { ...kept, holds: heldIn(known, path), names: kept === known ? names : [] };
  }
  const ended = byEnding(path);
  return ended?.kind === 'log' && !isLogText(path) ? unlike(path) : ended;
}

type Told = Pick<FileContent, 'kind' | 'format'>;

function told(start: ByteString): Told | undefined {
  if (isCore(start)) return { kind: 'dump', format: 'memory-dump-of-a-crashed-program' };
  if (start.startsWith('\u007FELF')) return { kind: 'program', format: 'program-or-library-elf' };
  for (const [offset, bytes, kind, format] of magics)
    if (start.startsWith(bytes, offset)) return { kind, format };
  return isPartitioned(start) ? { kind: 'disk-image', format: 'disk-image-with-partitions' } : undefined;
}

/** What programs make of archives: told by what they put into them first. */
const ARCHIVES_OF: readonly (readonly [first: RegExp, kind: ContentKind, format: FileFormat])[] = [
  // OCI image layout, and what docker save wrote before it.
  [
    /^(?:blobs\/|oci-layout$|manifest\.json$|[0-9a-f]{64}(?:\/|\.json$))/u,
    'archive',
    'container-image-archive',
  ],
  // PyTorch's serialization, torch/serialization.py.
  [/(?:^|\/)data\.pkl$/u, 'model', 'machine-learning-model'],
  [/^META-INF\//u, 'program', 'java-archive'],
  [/^\[Content_Types\]\.xml$/u, 'other', 'office-document'],
];

function byFirstMember(name: string): Told | undefined {
  const [, kind, format] = ARCHIVES_OF.find(([first]) => first.test(name)) ?? [];
  return kind && format && { kind, format };
}

/** What is packed: by its own first bytes where Node unpacks it, else as the name goes on before the packing's ending. */
function heldIn({ kind, format }: Told, path: ByteString): FileContent['holds'] {
  if (kind !== 'archive' || !/^(?:gzip|zstd|xz|bzip2|lz4|lzip)-/u.test(format)) return undefined;
  const inner = readUnpackedStart(path, INNER_BYTES);
  const inside = inner === undefined || inner === '' ? undefined : told(inner);
  if (inside !== undefined)
    return { format: inside.format, names: contentNames(inside.format, path, inner!) };
  if (/\.(?:tar\.\w+|t[gx]z|tbz2?)$/u.test(path)) return { format: 'tar-archive', names: [] };
  const named = byEnding(path.replace(PACKED_ENDING, '') as ByteString);
  return named && { format: named.format, names: [] };
}

function byEnding(path: ByteString): Told | undefined {
  const [, kind, format] = endings.find(([ending]) => ending.test(path)) ?? [];
  return kind && format && { kind, format };
}

/** What is called a log and is none. */
function unlike(path: ByteString): FileContent | undefined {
  return isDataTable(wholeLines(readTail(path, LINES_BYTES)))
    ? { kind: 'other', format: 'records' }
    : undefined;
}

/** ET_CORE in e_type (elf(5)). */
function isCore(start: string): boolean {
  return start.startsWith('\u007FELF') && start.charCodeAt(16) + start.charCodeAt(17) === 4;
}

const SECTOR = 512;
const TABLE_AT = 446;
const ENTRY_BYTES = 16;

/** A master boot record: its signature, and four entries of which each is empty or says where a partition lies. */
function isPartitioned(start: ByteString): boolean {
  if (!start.startsWith('\u0055\u00AA', SECTOR - 2)) return false;
  const table = toBuffer(start.slice(TABLE_AT, SECTOR - 2) as ByteString);
  let partitions = 0;
  for (let at = 0; at < table.length; at += ENTRY_BYTES) {
    const [status, type] = [table[at], table[at + 4]];
    const sectors = table.readUInt32LE(at + 12);
    if (status !== 0 && status !== 0x80) return false;
    if (type !== 0 && sectors > 0) partitions++;
  }
  return partitions > 0;
}
