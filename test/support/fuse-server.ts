/** The process behind `halfDeadMount`: says how full it is, and after that nothing any more (linux/fuse.h). */
import { readSync, writeSync } from 'node:fs';

const DEVICE = 9;
const OPCODE = { getattr: 3, statfs: 17, init: 26 } as const;
const ENOSYS = 38;

const request = Buffer.alloc(1 << 20);
for (;;) {
  readSync(DEVICE, request, 0, request.length, null);
  const opcode = request.readUInt32LE(4);
  const body = bodyFor(opcode);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(16 + (body?.length ?? 0), 0);
  header.writeInt32LE(body ? 0 : -ENOSYS, 4);
  request.copy(header, 8, 8, 16);
  writeSync(DEVICE, body ? Buffer.concat([header, body]) : header);
  if (opcode === OPCODE.statfs) break;
}

// What nobody has read can be given up; a request that was read is waited for whatever happens.
setInterval(() => undefined, 60_000);

function bodyFor(opcode: number): Buffer | undefined {
  if (opcode === OPCODE.init) {
    const init = Buffer.alloc(64);
    init.writeUInt32LE(7, 0);
    init.writeUInt32LE(31, 4);
    init.writeUInt32LE(4096, 20);
    return init;
  }
  if (opcode === OPCODE.getattr) {
    const attributes = Buffer.alloc(104);
    attributes.writeUInt32LE(1, 16);
    attributes.writeUInt32LE(0o040755, 76);
    attributes.writeUInt32LE(2, 80);
    return attributes;
  }
  if (opcode !== OPCODE.statfs) return undefined;
  const usage = Buffer.alloc(80);
  usage.writeUInt32LE(1000, 0);
  usage.writeUInt32LE(4096, 40);
  return usage;
}
