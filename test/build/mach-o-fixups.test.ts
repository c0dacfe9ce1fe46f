/** dyld's table of fixups counts the segments: one that was put in is counted too, and all behind the table moves on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addToFixups } from '../../build/mach-o-fixups.ts';
import { loadCommands, segmentNamed } from '../../build/mach-o.ts';

const LINK_EDIT = 4096;
const LC_SYMTAB = 0x2;
const LC_DYLD_CHAINED_FIXUPS = 0x80000034;
const SYMBOLS = 'the symbols';
const STARTS = 'where the fixups of __DATA start';

/** Three segments, of which the table knows those that are not NEW; then the table, and symbols behind it. */
function executable(): Buffer {
  // Header, count, an offset for each of two segments, what the second leads to.
  const fixups = Buffer.alloc(28 + 4 + 4 * 2 + STARTS.length + 4);
  for (const [index, word] of [0, 28, fixups.length - 4, fixups.length, 0, 1, 0, 2, 12, 0].entries())
    fixups.writeUInt32LE(word, 4 * index);
  fixups.write(STARTS, 40);
  const file = Buffer.concat([Buffer.alloc(LINK_EDIT), fixups, Buffer.from(SYMBOLS)]);
  const commands: Buffer[] = ['__DATA', 'NEW', '__LINKEDIT'].map((name) => {
    const command = Buffer.alloc(72);
    for (const [index, word] of [0x19, 72].entries()) command.writeUInt32LE(word, 4 * index);
    command.write(name, 8);
    if (name === '__LINKEDIT') {
      command.writeBigUInt64LE(BigInt(LINK_EDIT), 40);
      command.writeBigUInt64LE(BigInt(file.length - LINK_EDIT), 48);
    }
    return command;
  });
  for (const words of [
    [LC_DYLD_CHAINED_FIXUPS, 16, LINK_EDIT, fixups.length],
    [LC_SYMTAB, 24, LINK_EDIT + fixups.length, 1, 0, 0],
  ])
    commands.push(Buffer.from(Uint32Array.from(words).buffer));
  const all = Buffer.concat(commands);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(commands.length, 16);
  file.writeUInt32LE(all.length, 20);
  all.copy(file, 32);
  return file;
}

test('the new segment has no fixups, those of the others are where they are said to be', () => {
  const file = addToFixups(executable(), 'NEW');
  const { fileOffset, fileBytes } = segmentNamed(file, '__LINKEDIT');
  assert.equal(fileOffset + fileBytes, file.length);
  const place = (kind: number) =>
    file.readUInt32LE(loadCommands(file).find((command) => command.kind === kind)!.at + 8);
  assert.equal(file.toString('latin1', place(LC_SYMTAB)), SYMBOLS);
  const table = place(LC_DYLD_CHAINED_FIXUPS) + 28;
  const [count, first, added, last] = [0, 1, 2, 3].map((index) => file.readUInt32LE(table + 4 * index));
  assert.deepEqual([count, added, last], [3, 0, 0]);
  assert.equal(file.toString('latin1', table + first, table + first + STARTS.length), STARTS);
});

test('a table that knows all segments is refused: it is not what postject leaves', () => {
  const file = executable();
  file.writeUInt32LE(3, LINK_EDIT + 28);
  assert.throws(() => addToFixups(file, 'NEW'), /3 segments with fixups of 3/u);
});
