/** Reads the load commands of a Mach-O executable (mach-o/loader.h), 64-bit and little-endian as all Macs of today. */

const MAGIC_64 = 0xfeedfacf;
const HEADER_BYTES = 32;
const LC_SEGMENT_64 = 0x19;
export const LC_CODE_SIGNATURE = 0x1d;

/** Where a command lies in the file, and what it is. */
interface LoadCommand {
  readonly at: number;
  readonly kind: number;
}

export interface Segment {
  /** Where its load command lies. */
  readonly command: number;
  readonly name: string;
  readonly fileOffset: number;
  readonly fileBytes: number;
}

/** Throws where the file is none. */
export function loadCommands(file: Buffer): LoadCommand[] {
  if (file.readUInt32LE(0) !== MAGIC_64) throw new Error('not a 64-bit Mach-O file');
  const commands: LoadCommand[] = [];
  for (let at = HEADER_BYTES; at < commandsEnd(file); at += file.readUInt32LE(at + 4))
    commands.push({ at, kind: file.readUInt32LE(at) });
  return commands;
}

export function commandsEnd(file: Buffer): number {
  return HEADER_BYTES + file.readUInt32LE(20);
}

/** In the order of their numbers. */
export function segmentsOf(file: Buffer): Segment[] {
  return loadCommands(file)
    .filter(({ kind }) => kind === LC_SEGMENT_64)
    .map(({ at }) => ({
      command: at,
      name: file.toString('latin1', at + 8, at + 24).replaceAll('\0', ''),
      fileOffset: Number(file.readBigUInt64LE(at + 40)),
      fileBytes: Number(file.readBigUInt64LE(at + 48)),
    }));
}

/** Throws where there is no segment of that name. */
export function segmentNamed(file: Buffer, name: string): Segment {
  const found = segmentsOf(file).find((segment) => segment.name === name);
  if (!found) throw new Error(`no segment ${name}`);
  return found;
}
