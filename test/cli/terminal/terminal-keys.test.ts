/** Keys and mouse as a terminal sends them, whole or cut anywhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { KeyDecoder } from '../../../src/cli/terminal/terminal-keys.ts';
import type { TerminalInput } from '../../../src/cli/terminal/terminal-keys.ts';

const sent: readonly (readonly [string, TerminalInput | undefined])[] = [
  ['a', { key: 'a' }],
  [' ', { key: ' ' }],
  ['é', { key: 'é' }],
  ['日', { key: '日' }],
  ['\r', { key: 'enter' }],
  ['\u007F', { key: 'backspace' }],
  ['\u0004', { key: 'ctrl-d' }],
  ['\u001B[A', { key: 'up' }],
  ['\u001BOB', { key: 'down' }],
  ['\u001B[5~', { key: 'page-up' }],
  ['\u001B[6~', { key: 'page-down' }],
  ['\u001B[1;5C', { key: 'right' }],
  ['\u001B[3~', { key: 'delete' }],
  ['\u001BOP', { key: 'f1' }],
  ['\u001B[<0;12;7M', { mouse: 'click', column: 11, line: 6 }],
  ['\u001B[<0;12;7m', undefined],
  ['\u001B[<64;1;1M', { mouse: 'wheel-up' }],
  ['\u001B[<65;1;1M', { mouse: 'wheel-down' }],
  ['\u001B[I', undefined],
];

test('what is typed is read the same, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...sent), { maxLength: 12 }), fc.nat(30), (pressed, at) => {
      const bytes = Buffer.from(pressed.map(([text]) => text).join(''), 'utf8');
      const decoder = new KeyDecoder();
      const inputs = [...decoder.decode(bytes.subarray(0, at)), ...decoder.decode(bytes.subarray(at))];
      assert.deepEqual(
        inputs,
        pressed.flatMap(([, input]) => input ?? []),
      );
      assert.deepEqual(decoder.flush(), []);
    }),
  );
});

test('an Escape behind which nothing comes is the key', () => {
  const decoder = new KeyDecoder();
  assert.deepEqual(decoder.decode(Buffer.from('x\u001B')), [{ key: 'x' }]);
  assert.ok(decoder.isWaiting);
  assert.deepEqual(decoder.flush(), [{ key: 'escape' }]);
  assert.ok(!decoder.isWaiting);
});

test('any bytes are read to their end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const decoder = new KeyDecoder();
      for (const input of [...decoder.decode(Buffer.from(bytes)), ...decoder.flush()])
        assert.ok('mouse' in input || input.key.length > 0);
    }),
  );
});
