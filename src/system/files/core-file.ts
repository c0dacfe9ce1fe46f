/** Core dumps of programs: told by the ELF header, whatever they are called (elf(5), core(5)). */
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { readFileStart } from './file-start.ts';

export interface CoreFile {
  /** The program that crashed, 15 bytes at most, where the dump says so in a way that is read here. */
  readonly program: ByteString | undefined;
}

/** Read of the headers, and of the notes. */
const MOST_BYTES = 2 ** 16;
const ELF_MAGIC = 0x46_4c_45_7f;
const ET_CORE = 4;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const PT_NOTE = 4;
/** sizeof(Elf64_Phdr). */
const LEAST_SEGMENT = 56;
const NT_PRPSINFO = 3;
/** pr_fname in struct elf_prpsinfo of 64-bit Linux. */
const NAME_AT = 40;
const NAME_LENGTH = 16;

/** Undefined where it is no core dump, or cannot be read. */
export function readCoreFile(path: ByteString): CoreFile | undefined {
  const head = toBuffer(readFileStart(path, MOST_BYTES) ?? ('' as ByteString));
  if (head.length < 64 || head.readUInt32LE(0) !== ELF_MAGIC) return undefined;
  const isLittle = head[5] === LITTLE_ENDIAN;
  const type = isLittle ? head.readUInt16LE(16) : head.readUInt16BE(16);
  if (type !== ET_CORE) return undefined;
  return { program: isLittle && head[4] === CLASS_64 ? programOf(path, head) : undefined };
}

/** The program's name is in the first notes, which the kernel writes behind the headers and gdb at the end of the file. */
function programOf(path: ByteString, head: Buffer): ByteString | undefined {
  const segments = Number(head.readBigUInt64LE(32));
  const segmentBytes = head.readUInt16LE(54);
  const count = head.readUInt16LE(56);
  for (let at = segments, seen = 0; seen < count && at + segmentBytes <= head.length; seen++) {
    if (segmentBytes >= LEAST_SEGMENT && head.readUInt32LE(at) === PT_NOTE)
      return nameInNotes(path, Number(head.readBigUInt64LE(at + 8)));
    at += segmentBytes;
  }
  return undefined;
}

function nameInNotes(path: ByteString, from: number): ByteString | undefined {
  const notes = toBuffer(readFileStart(path, MOST_BYTES, from) ?? ('' as ByteString));
  for (let note = 0; note + 12 <= notes.length;) {
    const data = note + 12 + aligned(notes.readUInt32LE(note));
    if (notes.readUInt32LE(note + 8) === NT_PRPSINFO && data + NAME_AT + NAME_LENGTH <= notes.length) {
      const name = notes.toString('latin1', data + NAME_AT, data + NAME_AT + NAME_LENGTH);
      return name.replace(/\0[\s\S]*$/u, '') as ByteString;
    }
    note = data + aligned(notes.readUInt32LE(note + 4));
  }
  return undefined;
}

/** Names and data of notes start at multiples of four. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
