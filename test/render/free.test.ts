/** The plan of `diskwhy free`: its steps stay in sight on a small screen, and it advises what the report advises. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import type { Finding } from '../../src/model/finding.ts';
import { planFree } from '../../src/remedies/remedies.ts';
import { freeLines } from '../../src/render/screens/free/free.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { freeableText } from '../../src/render/words/freeable.ts';
import { saidOf } from '../../src/render/words/said-of.ts';

const MIB = 2 ** 20;
const NOW = 1_795_000_000;

/** What nobody may be given a command for, though the report says what to do about it. */
function withoutCommand(name: string, mib: number): Finding {
  return {
    rule: 'trash',
    places: [],
    isFinders: false,
    diskBytes: mib * MIB,
    claimedBytes: mib * MIB,
    freeableBytes: 0,
    paths: [fromText(`/srv/${name}`)],
    risk: 'review',
    remedies: [],
    refusals: [],
  };
}

function linesOf(count: number, rows?: number, top = 10): string[] {
  const findings = Array.from({ length: count }, (_, index) => withoutCommand(`trash-${index}`, 100 - index));
  const plan = planFree(findings, 1000 * MIB, { mountPoint: '/srv' as ByteString, availableBytes: 0 });
  const screen = { width: 80, style: createStyle(false), sizes: { exact: false }, apparent: false, top };
  return freeLines(plan, NOW, screen, rows);
}

suite('the plan of diskwhy free', () => {
  test('says of what has no command what the report says of it', () => {
    const { advice } = saidOf(withoutCommand('trash-0', 100), NOW);
    const text = linesOf(1)
      .map((line) => line.trim())
      .join(' ');
    assert.ok(advice.length > 0 && text.includes(advice), text);
  });

  test('fits a screen, and counts what does not', () => {
    const lines = linesOf(20, 23);
    assert.ok(lines.length <= 23, String(lines.length));
    assert.match(lines[0], /^\/srv: 0 B free, 1000\.0 MiB more wanted/u);
    const shown = lines.filter((line) => line.includes(' · ')).length;
    assert.match(lines.at(-1)!, new RegExp(String.raw`and ${20 - shown} findings more: .*--top 0`, 'u'));
  });

  test('a screen too small for any still has the largest one', () => {
    assert.ok(linesOf(20, 2).some((line) => line.includes('/srv/trash-0')));
  });

  test('all of them where nothing limits it', () => {
    const lines = linesOf(20, undefined, Infinity);
    assert.equal(lines.filter((line) => line.includes(' · ')).length, 20);
    assert.doesNotMatch(lines.join('\n'), /findings? more/u);
  });
});

suite('what all commands give', () => {
  const none = {
    safeBytes: 0,
    reviewBytes: 0,
    safeCommands: 0,
    reviewCommands: 0,
    openCommands: 0,
    isExact: true,
  };
  const text = (more: Partial<typeof none>): string => freeableText({ ...none, ...more }, { exact: false });

  test('a command whose program alone can tell how much is not passed over', () => {
    assert.match(text({}), /^no command gives anything back by itself/u);
    assert.equal(text({ openCommands: 1 }), '1 command gives an unknown amount');
    assert.equal(
      text({ openCommands: 2, safeBytes: 3 * MIB, safeCommands: 1 }),
      'safe to free now: 3.0 MiB with 1 command; 2 more give an unknown amount',
    );
  });
});
