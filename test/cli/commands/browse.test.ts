/** `diskwhy browse` on a terminal: what is asserted is the screen of a terminal emulator, and what is left on the disk. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { displayColumns } from '../../support/display-columns.ts';
import { startHolder } from '../../support/holder.ts';
import { needsLinux, needsTool, unless } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import { inEmulator } from '../../support/terminal-emulator.ts';
import type { Emulated, EmulatorOptions } from '../../support/terminal-emulator.ts';
import { buildTree, directory, file } from '../../support/tree.ts';
import type { TreeDescription } from '../../support/tree.ts';

const UP = '\u001B[A';
const DOWN = '\u001B[B';
const LEFT = '\u001B[D';
const RIGHT = '\u001B[C';
const ESCAPE = '\u001B';
const ENTER = '\r';
const MIB = 2 ** 20;

let folder: TempFolder;
let root: string;

/** The tree of most tests: three directories and a file, each twice as large as the next. */
const TREE: TreeDescription = {
  logs: directory({ 'app.log': file(8 * MIB), 'old.log': file(MIB), deep: directory({ er: file(4096) }) }),
  data: directory({ 'a.bin': file(4 * MIB) }),
  'note.txt': file(2 * MIB),
};

function browse(args: readonly string[] = [], options: Partial<EmulatorOptions> = {}): Emulated {
  const env = { HOME: folder.path, XDG_STATE_HOME: `${folder.path}/state`, ...options.env };
  return inEmulator(['browse', root, '--no-color', ...args], { cwd: folder.path, ...options, env });
}

/** Names in the order of the rows, with what stands at the cursor marked. */
function rowsOn(screen: readonly string[]): string[] {
  const rule = screen.findIndex((line) => line.startsWith('────'));
  return screen
    .slice(2, rule < 0 ? -1 : rule)
    .map((line) => line.split(' │ ')[0].trimEnd())
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('>') ? '>' : '') + line.split(/ {2,}/u).at(-1)!);
}

/** The scan is done, and what is shown is of the finished tree. */
const isDone = (screen: readonly string[]): boolean =>
  rowsOn(screen).some((row) => row.startsWith('>')) &&
  !/scanning|finding/u.test(screen.at(-1)!) &&
  screen.at(-1)!.endsWith('q quit') &&
  !screen.some((line) => line.includes('≥'));

async function settled(session: Emulated): Promise<string[]> {
  return await session.until(isDone);
}

suite('browse', { skip: unless(needsLinux, needsTool('script', 'stty')), timeout: 120_000 }, () => {
  beforeEach(async () => {
    folder = tempFolder();
    root = `${folder.path}/tree`;
    await buildTree(root, TREE);
  });
  afterEach(() => folder[Symbol.dispose]());

  test('the tree, into it and back, sorted in every way', async () => {
    await using session = browse();
    const first = await settled(session);
    assert.match(first[0], /^\/tmp\S*tree {2,}15\.0 MiB/u);
    assert.deepEqual(rowsOn(first), ['>logs/', 'data/', 'note.txt']);
    assert.match(first[2], /9\.0 MiB\s+60 %/u);
    session.type(DOWN);
    await session.until((screen) => rowsOn(screen)[1] === '>data/');
    session.type(UP + RIGHT);
    const inside = await session.until((screen) => rowsOn(screen).includes('old.log'));
    assert.deepEqual(rowsOn(inside), ['>app.log', 'old.log', 'deep/']);
    session.type('n');
    await session.until((screen) => rowsOn(screen).join(' ').replace('>', '') === 'app.log deep/ old.log');
    session.type('n');
    await session.until((screen) => rowsOn(screen).join(' ').replace('>', '') === 'old.log deep/ app.log');
    session.type('C');
    await session.until((screen) => rowsOn(screen)[0].replace('>', '') === 'deep/');
    session.type('s');
    await session.until((screen) => rowsOn(screen)[0].replace('>', '') === 'app.log');
    session.type('t');
    await session.until((screen) => rowsOn(screen)[0].replace('>', '') === 'deep/');
    session.type(`t${LEFT}`);
    assert.deepEqual(rowsOn(await session.until((screen) => rowsOn(screen).includes('data/'))), [
      '>logs/',
      'data/',
      'note.txt',
    ]);
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('a filter as it is typed, kept, and cleared', async () => {
    await using session = browse();
    await settled(session);
    session.type('/a');
    await session.until((screen) => rowsOn(screen).join(' ') === '>data/');
    session.type(ENTER);
    await session.shows('/a: 1 of 3');
    session.type(ESCAPE);
    await session.until((screen) => rowsOn(screen).length === 3);
    session.type('/none such');
    await session.shows('no name holds what was typed');
    // Clears it, and leaves the line.
    session.type(ESCAPE);
    await session.until((screen) => rowsOn(screen).length === 3 && !screen.at(-1)!.includes('Esc'));
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('why: who holds it, whose it is, what was found, and where it is', async () => {
    // Reserved and never written: enough to be a finding, whatever the size of the disk.
    mkdirSync(`${root}/images`);
    execFileSync('fallocate', ['-l', '200M', `${root}/images/disk.img`]);
    using holder = await startHolder('exec 5<"$1"', [`${root}/logs/app.log`]);
    await using session = browse([], { columns: 160, rows: 40 });
    await settled(session);
    session.type(DOWN);
    await session.shows(`(pid ${holder.pid}`);
    session.type(ENTER);
    await session.until((screen) => rowsOn(screen).includes('old.log'));
    const held = await session.shows('has it open');
    assert.ok(held.some((line) => line.includes(`of ${userName()}`)));
    session.type(`${LEFT}w`);
    const list = await session.until((screen) => screen[1].startsWith('WHY'));
    assert.ok(
      list.some((line) => line.startsWith('>') && line.includes(`${root}/images/disk.img`)),
      list.join('\n'),
    );
    session.type(ENTER);
    const there = await session.until((screen) => /^>.* disk\.img/u.test(screen[2]));
    assert.ok(
      there.some((line) => line.includes('│ reserved, not written, 200.0 MiB')),
      there.join('\n'),
    );
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('marked, judged as tmp judges, moved aside, and brought back by the line that is shown', async () => {
    using _holder = await startHolder('exec 5<"$1"', [`${root}/note.txt`]);
    await using session = browse();
    await settled(session);
    session.type(`${DOWN}  d`);
    const asked = await session.shows('[y/N]');
    assert.ok(
      asked.some((line) => /Move aside 1 entry \(4\.0 MiB\)/u.test(line)),
      asked.join('\n'),
    );
    assert.ok(asked.some((line) => /^aside .*data$/u.test(line)));
    assert.ok(asked.some((line) => /^STAYS .*note\.txt$/u.test(line)));
    assert.ok(asked.some((line) => line.includes('has it open')));
    // Any other key is a no.
    session.type('n');
    await session.until((screen) => rowsOn(screen).includes('data/') || rowsOn(screen).includes('>data/'));
    assert.ok(existsSync(`${root}/data`));
    session.type('d');
    await session.shows('[y/N]');
    session.type('y');
    const told = await session.shows('Moved aside 1 entry');
    const undo = told.find((line) => line.includes('--restore'))!.trim();
    assert.deepEqual([existsSync(`${root}/data`), existsSync(`${root}/note.txt`)], [false, true]);
    session.type(ENTER);
    await session.until((screen) => rowsOn(screen).some((row) => row.includes('(not scanned)')));
    session.type('q');
    assert.equal(await session.finished(), 0);
    const restored = await runDiskwhy(undo.split(' ').slice(1), {
      env: { HOME: folder.path, XDG_STATE_HOME: `${folder.path}/state` },
    });
    assert.equal(restored.code, 0);
    assert.ok(existsSync(`${root}/data/a.bin`));
  });

  test('what took the place of a marked entry stays', async () => {
    await using session = browse();
    await settled(session);
    renameSync(`${root}/data`, `${root}/kept`);
    mkdirSync(`${root}/data`);
    writeFileSync(`${root}/data/thesis`, 'another');
    session.type(`${DOWN} d`);
    await session.shows('another entry has taken its place');
    session.type('y');
    await settled(session);
    assert.ok(existsSync(`${root}/data/thesis`));
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('D deletes for good, figures above go down, the journal tells of it', async () => {
    await using session = browse();
    await settled(session);
    session.type(ENTER);
    await session.until((screen) => rowsOn(screen).includes('old.log'));
    session.type('d');
    await session.shows('Move aside');
    session.type('D');
    await session.shows('Delete 1 entry (8.0 MiB) for good? [y/N]');
    session.type('y');
    await session.shows('Deleted 1 entry: freed 8.0 MiB.');
    session.type(ENTER);
    const after = await session.until((screen) => rowsOn(screen).length === 2);
    assert.match(after[0], /~ 1\.0 MiB/u);
    assert.deepEqual(readdirSync(`${root}/logs`).toSorted(), ['deep', 'old.log']);
    session.type(LEFT);
    assert.match((await session.until((screen) => rowsOn(screen).includes('note.txt')))[0], /~ 7\.0 MiB/u);
    session.type('q');
    assert.equal(await session.finished(), 0);
    const [journal] = readdirSync(`${folder.path}/state/diskwhy/journal`);
    assert.match(
      readFileSync(`${folder.path}/state/diskwhy/journal/${journal}`, 'utf8'),
      /"outcome":"deleted"/u,
    );
  });

  test('what tmp would not judge is refused: a part of the system', async () => {
    root = '/etc';
    await using session = browse();
    await session.until((screen) => rowsOn(screen).length > 3 && isDone(screen));
    session.type('d');
    const asked = await session.shows('Nothing of it may be deleted');
    assert.ok(asked.some((line) => line.includes('it is a part of the system')));
    session.type('y');
    await session.until((screen) => rowsOn(screen).length > 3);
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('r scans again what is shown, R what is under the cursor', async () => {
    await using session = browse();
    await settled(session);
    writeFileSync(`${root}/data/more`, Buffer.alloc(16 * MIB, 1));
    session.type('r');
    await session.until((screen) => rowsOn(screen)[0] === 'data/' || rowsOn(screen)[0] === '>data/');
    writeFileSync(`${root}/logs/more`, Buffer.alloc(32 * MIB, 1));
    session.type(`G${UP}R`);
    const after = await session.until((screen) => /41\.0 MiB/u.test(screen[2]));
    assert.match(after[0], /~ 63\.0 MiB/u);
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('the mouse: a click chooses, a second one opens, the wheel moves', async () => {
    await using session = browse();
    await settled(session);
    const click = (line: number): string => `\u001B[<0;20;${line}M\u001B[<0;20;${line}m`;
    session.type(click(4));
    await session.until((screen) => rowsOn(screen)[1] === '>data/');
    session.type(click(4));
    await session.until((screen) => rowsOn(screen).includes('>a.bin'));
    session.type(LEFT);
    await session.until((screen) => rowsOn(screen)[1] === '>data/');
    session.type('\u001B[<65;20;4M');
    await session.until((screen) => rowsOn(screen)[2] === '>note.txt');
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('names that would be trouble are written out; wide ones take two columns', async () => {
    const names = [
      'a\u001B[31mred',
      'line\nbreak',
      'b\u202Ereversed',
      '日本語の名前',
      'e\u0301accent',
      '\u00FFbyte',
    ];
    for (const name of names.slice(0, -1)) writeFileSync(`${root}/${name}`, '');
    writeFileSync(Buffer.from(`${root}/\u00FFbyte`, 'latin1'), '');
    symlinkSync('nowhere', `${root}/link`);
    for (const [columns, rows] of [
      [80, 24],
      [60, 20],
      [200, 60],
    ] as const) {
      await using session = browse([], { columns, rows });
      const screen = await settled(session);
      const text = screen.join('\n');
      for (const shown of [
        String.raw`a\e[31mred`,
        String.raw`line\nbreak`,
        String.raw`b\u{202e}reversed`,
        '日本語の名前',
        String.raw`\xffbyte`,
        'link@',
      ])
        assert.ok(text.includes(shown), `${shown} in\n${text}`);
      for (const line of screen) assert.ok(displayColumns(line) <= columns);
      assert.equal(screen.length, rows);
      assert.match(screen.at(-1)!, /q quit$/u);
      assert.match(screen[0], /entries/u);
      // The panel is below on a narrow terminal, beside on a wide one.
      assert.equal(
        screen.some((line) => line.startsWith('────')),
        columns < 120,
      );
      session.type('?');
      const help = await session.until((lines) => /(?:any|other) key: back$/u.test(lines.at(-1)!));
      for (const line of help) assert.ok(displayColumns(line) <= columns);
      const isWhole = help.some((line) => line.includes('quit; suspend'));
      assert.equal(isWhole, columns >= 80, help.join('\n'));
      // What does not fit is scrolled to.
      session.type(isWhole ? '' : '\u001B[6~');
      await session.shows('quit; suspend');
      session.type('qq');
      assert.equal(await session.finished(), 0);
    }
  });

  test('it follows the size of the window', async () => {
    await using session = browse();
    await settled(session);
    await session.resize(50, 16);
    await session.until(
      (screen) =>
        screen.length === 16 &&
        screen.at(-1)!.endsWith('q quit') &&
        screen.every((line) => displayColumns(line) <= 50),
    );
    await session.resize(150, 40);
    await session.until(
      (screen) => screen.length === 40 && screen.at(-1)!.endsWith('q quit') && screen[3].includes('│'),
    );
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  for (const end of ['\u0003', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'exception'] as const)
    test(`the terminal is given back after ${end === '\u0003' ? 'Ctrl-C' : end}`, async () => {
      const nodeOptions = end === 'exception' ? ['--import', crashing()] : [];
      await using session = browse([], { nodeOptions });
      await settled(session);
      if (end === '\u0003') session.type(end);
      else process.kill(session.pid(), end === 'exception' ? 'SIGUSR2' : end);
      const code = await session.finished();
      assert.ok(end === 'exception' ? code === 1 || code === 7 : code === 130, session.output());
      const output = session.output();
      for (const off of ['\u001B[?1049l', '\u001B[?25h', '\u001B[?1000l', '\u001B[?1006l'])
        assert.ok(output.lastIndexOf(off) > output.lastIndexOf('\u001B[?1049h'), JSON.stringify(off));
      if (end === 'exception') assert.ok(session.screen().join('\n').includes('Error: crash'));
    });

  test('stopped, the terminal is as it was; continued, it draws again', async () => {
    await using session = browse();
    await settled(session);
    assert.notEqual(await session.modes(), session.modesBefore());
    process.kill(session.pid(), 'SIGTSTP');
    while (!/^State:\s+T/mu.test(readFileSync(`/proc/${session.pid()}/status`, 'utf8'))) await pause(10);
    assert.equal(await session.modes(), session.modesBefore());
    process.kill(session.pid(), 'SIGCONT');
    await settled(session);
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('without a terminal, or for what is no directory: one line and exit 2', async () => {
    const piped = await runDiskwhy(['browse', root]);
    assert.deepEqual([piped.code, piped.stdout], [2, '']);
    assert.match(piped.stderr, /^diskwhy: browse needs a terminal .*\n$/u);
    for (const [path, message] of [
      [`${root}/note.txt`, /note\.txt: is not a directory/u],
      [`${root}/none`, /none: no such file or directory/u],
    ] as const) {
      await using session = inEmulator(['browse', path], { cwd: folder.path });
      assert.equal(await session.finished(), 2);
      assert.match(session.screen().join(''), message);
      assert.ok(!session.output().includes('\u001B[?1049h'));
    }
  });

  test('a tree that was written down: looked around in, never deleted from', async () => {
    const snapshot = `${folder.path}/tree.json`;
    const { code } = await runDiskwhy(['snapshot', root, '--output', snapshot]);
    assert.equal(code, 0);
    await using session = inEmulator(['browse', '--from', snapshot, '--no-color'], { cwd: folder.path });
    assert.deepEqual(rowsOn(await settled(session)), ['>logs/', 'data/', 'note.txt']);
    session.type(ENTER);
    await session.until((screen) => rowsOn(screen).includes('old.log'));
    session.type('d');
    await session.shows('this tree was read from a file');
    session.type('q');
    assert.equal(await session.finished(), 0);
  });

  test('growth since a snapshot, sorted by; without one the key says how', async () => {
    const snapshot = `${folder.path}/tree.json`;
    assert.equal((await runDiskwhy(['snapshot', root, '--output', snapshot])).code, 0);
    writeFileSync(`${root}/data/a.bin`, Buffer.alloc(5 * MIB));
    await using session = browse(['--since', snapshot]);
    const first = await session.until((screen) => isDone(screen) && /GREW/u.test(screen[1]));
    assert.match(first[0], /16\.0 MiB {3}\+1\.0 MiB in \d+ seconds?/u);
    assert.deepEqual(rowsOn(first), ['>logs/', 'data/', 'note.txt']);
    session.type('+');
    const sorted = await session.until((screen) => rowsOn(screen)[0] === '>data/');
    assert.match(sorted[2], /^> +5\.0 MiB +\+1\.0 MiB/u);
    assert.match(sorted[3], /^ +9\.0 MiB +0 B/u);
    session.type('q');
    assert.equal(await session.finished(), 0);
    await using without = browse();
    await settled(without);
    without.type('+');
    await without.shows('--since FILE');
    without.type('q');
    assert.equal(await without.finished(), 0);
    await using wrong = inEmulator(['browse', `${root}/..`, '--since', snapshot], { cwd: folder.path });
    assert.equal(await wrong.finished(), 2);
    assert.match(wrong.screen().join(''), /is a snapshot of .*tree, which does not hold/u);
  });

  test('in tmux, with its own keys', { skip: needsTool('tmux') }, async () => {
    const socket = `${folder.path}/tmux`;
    const tmux = (...args: readonly string[]): string =>
      execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
    const { path: here } = folder;
    tmux(
      'new-session',
      '-d',
      '-x',
      '80',
      '-y',
      '24',
      `cd ${here}; exec ${process.execPath} ${PROGRAM} browse tree; `,
    );
    const until = async (isWanted: (screen: string) => boolean): Promise<string> => {
      for (;;) {
        const screen = tmux('capture-pane', '-p');
        if (isWanted(screen)) return screen;
        await pause(20);
      }
    };
    try {
      await until((screen) => screen.includes('free of'));
      tmux('send-keys', 'Down', 'Enter');
      await until((screen) => screen.includes('a.bin'));
      tmux('send-keys', 'Left', 'End');
      const screen = await until((text) => /^>.*note\.txt/mu.test(text));
      assert.match(screen, /^\S+tree +15\.0 MiB/u);
      tmux('send-keys', 'F1');
      await until((text) => text.includes('any key: back'));
    } finally {
      tmux('kill-server');
    }
  });
});

const PROGRAM = new URL('../../../bin/diskwhy.js', import.meta.url).pathname;

function userName(): string {
  return execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
}

/** A module that throws where nobody catches it, when it is told to. */
function crashing(): string {
  const path = `${folder.path}/crash.mjs`;
  writeFileSync(path, `process.on('SIGUSR2', () => { throw new Error('crash'); });`);
  return path;
}
