/** What a large file is, where its first bytes or its ending leave no doubt. */
import type { ByteString } from '../../model/byte-string.ts';
import { readFileStart } from '../../system/files/file-start.ts';

/** Decides what a person is told to do with it. */
export type ContentKind =
  | 'archive'
  | 'database'
  | 'disk-image'
  | 'dump'
  | 'media'
  | 'model'
  | 'log'
  | 'program'
  | 'git-objects'
  | 'other';

export interface FileContent {
  readonly kind: ContentKind;
  /** e.g. "SQLite database". */
  readonly what: string;
}

type Magic = readonly [offset: number, bytes: string, kind: ContentKind, what: string];

/** As file(1) knows them: the formats' own specifications. */
const magics: readonly Magic[] = [
  [0, 'QFI\u00FB', 'disk-image', 'QEMU disk image (qcow2)'],
  [0, 'KDMV', 'disk-image', 'VMware disk image'],
  [0x40, '\u007F\u0010\u00DA\u00BE', 'disk-image', 'VirtualBox disk image'],
  [0, 'vhdxfile', 'disk-image', 'Hyper-V disk image'],
  [0, 'LUKS\u00BA\u00BE', 'disk-image', 'encrypted disk image (LUKS)'],
  [0, 'XFSB', 'disk-image', 'disk image with xfs on it'],
  [0, 'hsqs', 'disk-image', 'squashfs image'],
  [0x1_0040, '_BHRfS_M', 'disk-image', 'disk image with btrfs on it'],
  [0x438, '\u0053\u00EF', 'disk-image', 'disk image with ext2, ext3 or ext4 on it'],
  [0x8001, 'CD001', 'disk-image', 'CD or DVD image'],
  [512, 'EFI PART', 'disk-image', 'disk image with partitions'],
  [4086, 'SWAPSPACE2', 'other', 'swap space that is not in use'],
  [0, 'SQLite format 3\0', 'database', 'SQLite database'],
  [0, 'PGDMP', 'dump', 'PostgreSQL dump'],
  [0, '-- MySQL dump', 'dump', 'MySQL dump'],
  [0, '-- MariaDB dump', 'dump', 'MariaDB dump'],
  [0, 'JAVA PROFILE', 'dump', 'Java heap dump'],
  [257, 'ustar', 'archive', 'tar archive'],
  [0, '\u001F\u008B\u0008', 'archive', 'gzip archive'],
  [0, '\u0028\u00B5\u002F\u00FD', 'archive', 'zstd archive'],
  [0, '\u00FD7zXZ\0', 'archive', 'xz archive'],
  [0, 'BZh', 'archive', 'bzip2 archive'],
  [0, 'PK\u0003\u0004', 'archive', 'zip archive'],
  [0, '7z\u00BC\u00AF\u0027\u001C', 'archive', '7-Zip archive'],
  [0, 'Rar!\u001A\u0007', 'archive', 'RAR archive'],
  [0, '\u001AE\u00DF\u00A3', 'media', 'Matroska or WebM video'],
  [4, 'ftyp', 'media', 'MP4 or QuickTime video'],
  [0, 'GGUF', 'model', 'language model (GGUF)'],
  [0, '\u0089HDF\r\n\u001A\n', 'other', 'HDF5 data'],
  [0, 'PAR1', 'other', 'Parquet table'],
  [0, 'PACK', 'git-objects', "git's packed objects"],
  [0, '\u00D4\u00C3\u00B2\u00A1', 'dump', 'network capture'],
  [0, '\u000A\u000D\u000D\u000A', 'dump', 'network capture'],
];

const endings: readonly (readonly [ending: RegExp, kind: ContentKind, what: string])[] = [
  [/\.vhd$/iu, 'disk-image', 'disk image (VHD)'],
  [/\.ibd$/u, 'database', 'MySQL table'],
  [/\.mdf$/iu, 'database', 'SQL Server database'],
  [/\.safetensors$/u, 'model', 'machine-learning model'],
  [/\.(?:log|out|err)$/u, 'log', 'log'],
  [/\.sql$/iu, 'dump', 'SQL script or dump'],
  [/\.csv$/iu, 'other', 'CSV table'],
  [/\.jsonl?$/iu, 'other', 'JSON data'],
];

/** Enough for the farthest of the magics. */
const START_BYTES = 0x1_0048;

/** Reads the start of the file; undefined where nothing is certain. */
export function fileContent(path: ByteString): FileContent | undefined {
  const start = readFileStart(path, START_BYTES) ?? '';
  if (isCore(start)) return { kind: 'dump', what: 'memory dump of a crashed program' };
  if (start.startsWith('\u007FELF')) return { kind: 'program', what: 'program or library (ELF)' };
  for (const [offset, bytes, kind, what] of magics)
    if (start.startsWith(bytes, offset)) return { kind, what };
  for (const [ending, kind, what] of endings) if (ending.test(path)) return { kind, what };
  return undefined;
}

/** ET_CORE in e_type (elf(5)). */
function isCore(start: string): boolean {
  return start.startsWith('\u007FELF') && start.charCodeAt(16) + start.charCodeAt(17) === 4;
}
