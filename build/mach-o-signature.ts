/**
 * Signs a Mach-O executable "ad hoc", as linkers do: hashes of its pages, no certificate. macOS starts nothing unsigned on
 * arm64. The format is that of xnu's osfmk/kern/cs_blobs.h; what is written is what Go's linker writes
 * (cmd/internal/codesign).
 */
import { createHash } from 'node:crypto';
import { LC_CODE_SIGNATURE, commandsEnd, loadCommands, segmentNamed } from './mach-o.ts';
import type { Segment } from './mach-o.ts';

const SIGNATURE_COMMAND_BYTES = 16;
/** What all Macs' page sizes divide into. */
const SEGMENT_ALIGNMENT = 0x4000;

/** Where a signature may begin. */
const SIGNATURE_ALIGNMENT = 16;

const SUPER_BLOB = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
/** Has the place of the executable segment, which macOS asks for since 10.13. */
const DIRECTORY_VERSION = 0x20400;
const DIRECTORY_BYTES = 88;
/** Of the super blob: its own three words, and type and offset of the one blob in it. */
const SUPER_BLOB_BYTES = 20;
const CS_ADHOC = 0x2;
const CS_LINKER_SIGNED = 0x20000;
const CS_EXECSEG_MAIN_BINARY = 1n;
const CS_HASHTYPE_SHA256 = 2;
const SHA256_BYTES = 32;
const LOG_PAGE_BYTES = 12;
const PAGE_BYTES = 1 << LOG_PAGE_BYTES;

/** The signed bytes of an executable that has no signature. Throws where it is none, or has no room for the load command. */
export function signAdHoc(unsigned: Uint8Array, identifier: string): Buffer {
  const start = Math.ceil(unsigned.length / SIGNATURE_ALIGNMENT) * SIGNATURE_ALIGNMENT;
  const length = signatureBytes(start, identifier);
  const file = Buffer.alloc(start + length);
  file.set(unsigned);
  const place = placeOfCommand(file);
  const linkEdit = segmentNamed(file, '__LINKEDIT');
  file.writeUInt32LE(file.readUInt32LE(16) + 1, 16);
  file.writeUInt32LE(file.readUInt32LE(20) + SIGNATURE_COMMAND_BYTES, 20);
  for (const [index, word] of [LC_CODE_SIGNATURE, SIGNATURE_COMMAND_BYTES, start, length].entries())
    file.writeUInt32LE(word, place + 4 * index);
  // The signature is the last part of the last segment.
  const linkEditBytes = file.length - linkEdit.fileOffset;
  const mapped = Math.ceil(linkEditBytes / SEGMENT_ALIGNMENT) * SEGMENT_ALIGNMENT;
  file.writeBigUInt64LE(BigInt(mapped), linkEdit.command + 32);
  file.writeBigUInt64LE(BigInt(linkEditBytes), linkEdit.command + 48);
  writeSignature(file, start, identifier, segmentNamed(file, '__TEXT'));
  return file;
}

function signatureBytes(signedBytes: number, identifier: string): number {
  const pages = Math.ceil(signedBytes / PAGE_BYTES);
  return SUPER_BLOB_BYTES + DIRECTORY_BYTES + identifier.length + 1 + pages * SHA256_BYTES;
}

/** Where the next load command goes. */
function placeOfCommand(file: Buffer): number {
  if (loadCommands(file).some(({ kind }) => kind === LC_CODE_SIGNATURE)) throw new Error('signed already');
  const end = commandsEnd(file);
  if (file.subarray(end, end + SIGNATURE_COMMAND_BYTES).some((byte) => byte !== 0))
    throw new Error('no room for a load command');
  return end;
}

/** All numbers of a signature are big-endian. Offsets in the directory count from its own start. */
function writeSignature(file: Buffer, start: number, identifier: string, text: Segment): void {
  const directory = start + SUPER_BLOB_BYTES;
  const hashes = DIRECTORY_BYTES + identifier.length + 1;
  const pages = Math.ceil(start / PAGE_BYTES);
  const words = (at: number, ...values: readonly number[]): void => {
    for (const [index, value] of values.entries()) file.writeUInt32BE(value, at + 4 * index);
  };
  words(start, SUPER_BLOB, file.length - start, 1, 0, SUPER_BLOB_BYTES);
  words(directory, CODE_DIRECTORY, file.length - directory, DIRECTORY_VERSION, CS_ADHOC | CS_LINKER_SIGNED);
  words(directory + 16, hashes, DIRECTORY_BYTES, 0, pages, start);
  file.set([SHA256_BYTES, CS_HASHTYPE_SHA256, 0, LOG_PAGE_BYTES], directory + 36);
  file.writeBigUInt64BE(BigInt(text.fileOffset), directory + 64);
  file.writeBigUInt64BE(BigInt(text.fileBytes), directory + 72);
  file.writeBigUInt64BE(CS_EXECSEG_MAIN_BINARY, directory + 80);
  file.write(`${identifier}\0`, directory + DIRECTORY_BYTES, 'latin1');
  for (let page = 0; page < pages; page++) {
    const bytes = file.subarray(page * PAGE_BYTES, Math.min((page + 1) * PAGE_BYTES, start));
    file.set(createHash('sha256').update(bytes).digest(), directory + hashes + page * SHA256_BYTES);
  }
}
