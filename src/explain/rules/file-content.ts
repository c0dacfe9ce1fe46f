/** What a large file is, where its first bytes or its ending leave no doubt. */
import type { ByteString } from '../../model/byte-string.ts';
import type { ContentKind, FileContent, FileFormat } from '../../model/findings/file-content.ts';
import { isDataTable, isLogText } from '../../remedies/remedies.ts';
import { readFileStart } from '../../system/files/file-start.ts';
import { readTail, wholeLines } from '../../system/files/file-tail.ts';

type Magic = readonly [offset: number, bytes: string, kind: ContentKind, format: FileFormat];

/** As file(1) knows them: the formats' own specifications. */
const magics: readonly Magic[] = [
  [0, 'QFI\u00FB', 'disk-image', 'qemu-disk-image-qcow2'],
  [0, 'KDMV', 'disk-image', 'vmware-disk-image'],
  [0x40, '\u007F\u0010\u00DA\u00BE', 'disk-image', 'virtualbox-disk-image'],
  [0, 'vhdxfile', 'disk-image', 'hyper-v-disk-image'],
  [0, 'LUKS\u00BA\u00BE', 'disk-image', 'encrypted-disk-image-luks'],
  [0, 'XFSB', 'disk-image', 'disk-image-with-xfs-on-it'],
  [0, 'hsqs', 'disk-image', 'squashfs-image'],
  [0x1_0040, '_BHRfS_M', 'disk-image', 'disk-image-with-btrfs-on-it'],
  [0x438, '\u0053\u00EF', 'disk-image', 'disk-image-with-ext2-ext3-or-ext4-on-it'],
  [0x8001, 'CD001', 'disk-image', 'cd-or-dvd-image'],
  [512, 'EFI PART', 'disk-image', 'disk-image-with-partitions'],
  [4086, 'SWAPSPACE2', 'other', 'swap-space-that-is-not-in-use'],
  [0, 'SQLite format 3\0', 'database', 'sqlite-database'],
  [0, 'PGDMP', 'dump', 'postgresql-dump'],
  [0, '-- MySQL dump', 'dump', 'mysql-dump'],
  [0, '-- MariaDB dump', 'dump', 'mariadb-dump'],
  [0, 'JAVA PROFILE', 'dump', 'java-heap-dump'],
  [257, 'ustar', 'archive', 'tar-archive'],
  [0, '\u001F\u008B\u0008', 'archive', 'gzip-archive'],
  [0, '\u0028\u00B5\u002F\u00FD', 'archive', 'zstd-archive'],
  [0, '\u00FD7zXZ\0', 'archive', 'xz-archive'],
  [0, 'BZh', 'archive', 'bzip2-archive'],
  [0, 'PK\u0003\u0004', 'archive', 'zip-archive'],
  [0, '7z\u00BC\u00AF\u0027\u001C', 'archive', '7-zip-archive'],
  [0, 'Rar!\u001A\u0007', 'archive', 'rar-archive'],
  [0, '\u001AE\u00DF\u00A3', 'media', 'matroska-or-webm-video'],
  [0, '\u00FF\u00D8\u00FF', 'other', 'jpeg-image'],
  [0, '\u0089PNG\r\n\u001A\n', 'other', 'png-image'],
  [0, '%PDF-', 'other', 'pdf-document'],
  [4, 'ftyp', 'media', 'mp4-or-quicktime-video'],
  [0, 'GGUF', 'model', 'language-model-gguf'],
  [0, '\u0089HDF\r\n\u001A\n', 'other', 'hdf5-data'],
  [0, 'PAR1', 'other', 'parquet-table'],
  [0, 'PACK', 'git-objects', 'git-packed-objects'],
  [0, '\u00D4\u00C3\u00B2\u00A1', 'dump', 'network-capture'],
  [0, '\u000A\u000D\u000D\u000A', 'dump', 'network-capture'],
];

const endings: readonly (readonly [ending: RegExp, kind: ContentKind, format: FileFormat])[] = [
  [/\.vhd$/iu, 'disk-image', 'disk-image-vhd'],
  [/\.ibd$/u, 'database', 'mysql-table'],
  [/\.mdf$/iu, 'database', 'sql-server-database'],
  [/\.safetensors$/u, 'model', 'machine-learning-model'],
  [/\.(?:log|out|err)$/u, 'log', 'log'],
  [/\.sql$/iu, 'dump', 'sql-script-or-dump'],
  [/\.csv$/iu, 'other', 'csv-table'],
  [/\.jsonl?$/iu, 'other', 'json-data'],
];

/** Enough for the farthest of the magics. */
const START_BYTES = 0x1_0048;
const LINES_BYTES = 0x4000;

/** Reads the start of the file; undefined where nothing is certain. */
export function fileContent(path: ByteString): FileContent | undefined {
  const start = readFileStart(path, START_BYTES) ?? '';
  if (isCore(start)) return { kind: 'dump', format: 'memory-dump-of-a-crashed-program' };
  if (start.startsWith('\u007FELF')) return { kind: 'program', format: 'program-or-library-elf' };
  for (const [offset, bytes, kind, format] of magics)
    if (start.startsWith(bytes, offset)) return { kind, format };
  const [, kind, format] = endings.find(([ending]) => ending.test(path)) ?? [];
  if (kind === undefined || format === undefined) return undefined;
  return kind === 'log' && !isLogText(path) ? unlike(path) : { kind, format };
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
