/** The live screen and the lines of `diskwhy watch`: everything fits, nothing is cut within a number, names cannot play tricks. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import type { GrowthCap } from '../../src/model/growth-cap.ts';
import type { Remedy } from '../../src/model/action.ts';
import type {
  FilesystemOutlook,
  GrowthEvent,
  WatchEvent,
  WatchFrame,
  Writer,
} from '../../src/model/watch-event.ts';
import { durationText, rangeText } from '../../src/model/duration.ts';
import { createStyle } from '../../src/render/terminal/style.ts';
import { textWidth } from '../../src/render/terminal/text-width.ts';
import { watchEventJson } from '../../src/render/json/watch.ts';
import { watchEventLines } from '../../src/render/screens/watch/watch-line.ts';
import { watchLines } from '../../src/render/screens/watch/watch.ts';
import type { WatchView } from '../../src/render/screens/watch/watch.ts';
import { readDocument } from '../support/document.ts';
import type { WatchScreen } from '../../src/render/screens/watch/watch-screen.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const AT = Date.UTC(2026, 10, 22, 14, 2, 31) / 1000;

const filesystem: FilesystemOutlook = {
  mountPoint: fromText('/'),
  availableBytes: Math.round(6.1 * GIB),
  fillingBytesPerSecond: 2.4 * MIB,
  fullInSeconds: { soonest: 38 * 60, latest: 45 * 60 },
  inodesFullInSeconds: undefined,
  caps: [],
  state: { level: 'ok', of: 'bytes', reservedBytes: 0, freeInodes: 100_000 },
};

const journalCap: GrowthCap = {
  by: 'journald',
  limit: 'keeps',
  bytes: 4 * GIB,
  setting: 'SystemMaxUse',
  isDefault: false,
};

function writer(more: Partial<Writer> = {}): Writer {
  return {
    pid: 812,
    parentPid: 1,
    command: fromText('nginx'),
    commandLine: [fromText('nginx')],
    uid: 0,
    startTicks: 1,
    startedAt: AT,
    unit: undefined,
    container: undefined,
    residentBytes: 3.1 * GIB,
    sharedBytes: 20 * MIB,
    virtualBytes: 9 * GIB,
    confidence: 'writing',
    behind: undefined,
    respawns: 0,
    ...more,
  };
}

type Row = WatchFrame['growing'][number];

function row(more: Partial<Row> = {}): Row {
  return {
    path: fromText('/var/log/worker.log'),
    what: 'file',
    diskBytes: Math.round(81.4 * GIB),
    apparentBytes: 81.5 * GIB,
    grownBytes: 412 * MIB,
    bytesPerSecond: 2.3 * MIB,
    filesPerSecond: 0,
    sinceSeconds: 180,
    judgement: {
      verdict: 'restart-loop',
      confidence: 0.97,
      facts: [
        {
          kind: 'cycle',
          patterns: 2,
          share: 0.99,
          lines: 400,
          together: 'always',
          everySeconds: 0.17,
          spreadSeconds: null,
        },
      ],
      step: {
        program: null,
        message: 'bind: Address already in use',
        count: 200,
        sample: '',
        tells: 'failure',
        own: null,
        cause: null,
      },
    },
    writers: [writer()],
    writersHidden: undefined,
    together: undefined,
    remedies: [],
    refusals: [],
    filesystem,
    isAlarm: true,
    ...more,
  };
}

function view(growing: readonly Row[], more: Partial<WatchFrame> = {}): WatchView {
  const frame: WatchFrame = {
    at: AT,
    seconds: 180,
    growing,
    filesystems: [filesystem],
    directories: 31,
    watched: 12,
    files: 212,
    grownBytes: 430 * MIB,
    explainedBytes: 428 * MIB,
    ...more,
  };
  return { paths: [fromText('/var/log')], frame, scannedEntries: 0, notices: [], showsHelp: false };
}

function screen(width: number, height = 24, more: Partial<WatchScreen> = {}): WatchScreen {
  return {
    width,
    height,
    style: createStyle(false),
    sizes: { exact: false },
    apparent: false,
    top: 10,
    zoneMinutes: 60,
    ...more,
  };
}

const event = (more: Partial<GrowthEvent> = {}): GrowthEvent => ({
  ...row(),
  type: 'alarm',
  at: AT,
  ...more,
});

suite('live screen', () => {
  test('wide: one line a file, writer in it', () => {
    const shown = watchLines(view([row()]), screen(130));
    const text = shown.join('\n');
    assert.equal(shown.length, 24);
    assert.match(shown[0], /^watching \/var\/log .* 15:02:31   up 3 min$/u);
    assert.match(text, /^\/   6\.1 GiB free   full in 38–45 min at 2\.4 MiB\/s$/mu);
    assert.match(text, /^31 directories   12 with a watch of their own   212 files seen growing$/mu);
    assert.match(
      text,
      /^! worker\.log +81\.4 GiB +2\.3 MiB\/s +412\.0 MiB +38–45 min +restart loop 97 % +nginx \(812\)$/mu,
    );
    assert.match(text, /· the step that fails: "bind: Address already in use", 200 times/u);
    assert.match(text, /· 2 patterns make 99 % of the 400 lines read, always together, every 0\.17 s/u);
    assert.match(text, /nginx \(812\): RES 3\.1 GiB {2}SHR 20\.0 MiB {2}VIRT 9\.0 GiB/u);
    assert.match(text, /100 % of the 430\.0 MiB by which the disk grew is explained/u);
    assert.equal(shown.at(-1), 'q quit   ? help');
  });

  test('narrow: the writer below the file, numbers whole', () => {
    for (const width of [60, 80, 100]) {
      const text = watchLines(view([row()]), screen(width)).join('\n');
      assert.match(text, /2\.3 MiB\/s +412\.0 MiB/u);
      assert.match(text, /^ {3}by nginx \(812\)$/mu);
    }
  });

  test('exact bytes have room', () => {
    const text = watchLines(view([row()]), screen(130, 24, { sizes: { exact: true } })).join('\n');
    assert.match(text, /! worker\.log +87,402,584,474 B +2,411,725 B\/s +432,013,312 B/u);
  });

  test('before the first frame it says what it does', () => {
    const waiting = { ...view([]), frame: undefined, scannedEntries: 12_000 };
    assert.match(
      watchLines(waiting, screen(80)).join('\n'),
      /looking at \/var\/log first, 12,000 entries so far/u,
    );
  });

  test('nothing grows', () => {
    const text = watchLines(view([], { grownBytes: 0 }), screen(80)).join('\n');
    assert.match(text, /nothing is growing/u);
    assert.doesNotMatch(text, /explained/u);
  });

  test('more than there is room for is counted', () => {
    const many = Array.from({ length: 40 }, (_, index) => row({ path: fromText(`/var/log/${index}.log`) }));
    const text = watchLines(view(many), screen(130)).join('\n');
    assert.match(text, /more files grow/u);
    assert.match(watchLines(view(many), screen(130, 24, { top: 2 })).join('\n'), /38 more files grow/u);
  });

  test('a directory with many new files', () => {
    const many = row({ what: 'directory', path: fromText('/var/log/jobs'), filesPerSecond: 1824.4 });
    assert.match(watchLines(view([many]), screen(130)).join('\n'), /! jobs\/ \(1,824 new\/s\)/u);
  });

  test('a tree of files that grow together is one row, with what they have in common', () => {
    const tree = row({
      what: 'tree',
      path: fromText('/var/log/spool'),
      together: { files: 3000, directories: 300, form: 'm*', typicalBytes: 20_480 },
      writers: [
        { ...writer(), share: 0.85 },
        { ...writer({ pid: 99 }), share: 0.15 },
      ],
    });
    const lines = watchLines(view([tree]), screen(130)).join('\n');
    assert.match(lines, /! spool\/ \(3,000 files\)/u);
    assert.match(lines, /m\*, 3,000 files in 300 directories, 20\.0 KiB each/u);
    assert.match(lines, / 85 %, .* 15 %/u);
  });

  test('help, and notices at the foot', () => {
    const help = watchLines({ ...view([row()]), showsHelp: true }, screen(80)).join('\n');
    assert.match(help, /Ctrl-C: end/u);
    assert.doesNotMatch(help, /worker/u);
    const noted = watchLines({ ...view([row()]), notices: ['one', 'two', 'three'] }, screen(80));
    assert.deepEqual(noted.slice(-3, -1), ['two', 'three']);
    const long = `FULL ${'/srv/data is full '.repeat(8)}to the end`;
    const whole = watchLines({ ...view([row()]), notices: [long] }, { ...screen(80), height: 24 });
    assert.equal(whole.length, 24);
    assert.match(whole.slice(-4, -1).join(' '), /^FULL .* to the end$/u);
    const small = watchLines({ ...view([row()]), notices: [long] }, { ...screen(80), height: 10 });
    assert.match(small.at(-2)!, /^FULL .*…$/u);
  });

  test('caps, and what is hidden, are said of the worst', () => {
    const capped = row({
      writers: [],
      writersHidden: { why: 'not-visible', processes: 214, of: 260 },
      filesystem: { ...filesystem, caps: [journalCap] },
    });
    const text = watchLines(view([capped]), screen(100)).join('\n');
    assert.match(text, /by \? \(hidden\)/u);
    assert.match(text, /214 of 260 processes/u);
    assert.match(text, /journald keeps at most 4\.0 GiB/u);
  });

  test('the words for writers', () => {
    const shown = (one: Writer): string | undefined =>
      /^ {3}(.*)$/mu.exec(watchLines(view([row({ writers: [one] })]), screen(100)).join('\n'))?.[1];
    const perl = fromText('perl');
    const bash = fromText('bash');
    const loop = writer({ pid: 7, command: bash, commandLine: [bash, fromText('/srv/loop.sh')] });
    assert.equal(shown(writer({ unit: 'worker.service' })), 'by worker.service');
    assert.equal(shown(writer({ confidence: 'holding' })), 'open in nginx (812)');
    assert.equal(
      shown(
        writer({
          confidence: 'likely',
          pid: 0,
          behind: { kind: 'container', name: fromText('web'), restarts: 0 },
        }),
      ),
      'likely by nginx ← container web',
    );
    assert.equal(
      shown(writer({ respawns: 1200, behind: { kind: 'process', process: loop } })),
      'by nginx ← bash /srv/loop.sh (7), 1,200 starts',
    );
    assert.equal(
      shown(writer({ command: perl, commandLine: [perl, fromText('-w'), fromText('/srv/x.pl')] })),
      'by perl x.pl (812)',
    );
    assert.equal(shown(writer({ container: 'c0ffee'.repeat(11) })), 'by nginx in c0ffeec0ffee (812)');
  });

  const nasty = fc
    .array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 300 })
    .map((bytes) => `/var/log/${String.fromCodePoint(...bytes)}` as ByteString);
  const numbers = fc.double({ min: 0, max: 2 ** 60, noNaN: true });
  const rows = fc.record({
    path: nasty,
    bytesPerSecond: numbers,
    grownBytes: fc.nat(1e15),
    isAlarm: fc.boolean(),
    behind: nasty,
    soonest: fc.nat(1e10),
  });

  test('property: no line is wider than the screen, no screen higher, nothing moves the cursor', () => {
    fc.assert(
      fc.property(
        fc.array(rows, { maxLength: 30 }),
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 3, max: 60 }),
        (made, width, height) => {
          const growing = made.map(({ behind, soonest, ...more }) =>
            row({
              ...more,
              writers: [writer({ behind: { kind: 'app', name: behind } })],
              filesystem: { ...filesystem, fullInSeconds: { soonest, latest: soonest * 2 } },
            }),
          );
          const shown = watchLines(view(growing), screen(width, height));
          assert.equal(shown.length, height);
          for (const line of shown) {
            assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
            if (width >= 50) assert.ok(textWidth(line) <= width, `${textWidth(line)} > ${width}: ${line}`);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

suite('lines', () => {
  const line = (one: WatchEvent): string => watchEventLines(one, screen(Infinity)).join('\n');

  test('an alarm', () => {
    assert.equal(
      line(event()),
      '15:02:31 ALARM /var/log/worker.log +2.3 MiB/s (412.0 MiB in 3 min) restart loop 97 % by nginx (812); the step that fails: "bind: Address already in use", 200 times; / full in 38–45 min at 2.4 MiB/s',
    );
  });

  test('an alarm says what to type, once', () => {
    const remedies: readonly Remedy[] = [
      {
        action: {
          kind: 'stop-writer',
          holder: { what: 'unit', name: 'worker.service' },
          frees: { bytes: 0, certainty: 'exact' },
          loses: 'uptime',
          risk: 'review',
        },
        commands: [['systemctl', 'stop', 'worker.service'].map(fromText)],
        line: 'systemctl stop worker.service',
        missingTool: undefined,
      },
      {
        action: {
          kind: 'empty-file',
          paths: [fromText('/var/log/worker.log')],
          meaning: 'log',
          frees: { bytes: 3 * GIB, certainty: 'at-least' },
          loses: 'log-lines',
          risk: 'review',
        },
        commands: [],
        line: 'truncate -s 0 /var/log/worker.log',
        missingTool: undefined,
      },
    ];
    const told =
      /; to stop it: systemctl stop worker\.service; then: truncate -s 0 \/var\/log\/worker\.log {3}\(gives at least 3\.0 GiB back\)$/u;
    assert.match(line(event({ remedies })), told);
    assert.doesNotMatch(line(event({ remedies, type: 'update' })), /systemctl/u);
    const shown = watchLines(view([row({ remedies })]), screen(100)).join('\n');
    assert.match(shown, /→ systemctl stop worker\.service\n.*→ truncate -s 0/u);
  });

  test('every other event is a line with its word', () => {
    for (const [type, word] of [
      ['update', 'update'],
      ['calm', 'calm'],
      ['rotated', 'rotated'],
      ['truncated', 'truncated'],
      ['moved', 'moved'],
      ['deleted-open', 'DELETED, STILL OPEN'],
    ] as const)
      assert.match(line(event({ type })), new RegExp(`^15:02:31 ${word} /var/log/worker.log `, 'u'));
    assert.match(
      line({
        type: 'ready',
        at: AT,
        directories: 1200,
        files: 9,
        watched: 31,
        sources: ['chokidar', 'sweep'],
        sweepSeconds: 42,
      }),
      /^15:02:31 ready: 1,200 directories, 31 with a watch of their own \(chokidar, sweep\); .* within 42 s$/u,
    );
    assert.equal(
      line({ type: 'notice', at: AT, path: fromText('/a\n'), notice: { kind: 'root-back' } }),
      String.raw`15:02:31 notice: /a\n: is there again and watched again`,
    );
    assert.match(
      line({
        type: 'unexplained-growth',
        at: AT,
        filesystem,
        grownBytes: 5 * GIB,
        explainedBytes: GIB,
        bytesPerSecond: MIB,
        clues: [{ kind: 'outside-file', path: fromText('/x\n'), bytesPerSecond: MIB }],
      }),
      /ALARM \/ grows and no watched file explains it: \+1\.0 MiB\/s, 4\.0 GiB of 5\.0 GiB; outside the watched paths: \/x\\n, 1\.0 MiB\/s; full in/u,
    );
  });

  test('a full disk, with what root still has, and who filled it', () => {
    const full: WatchEvent = {
      type: 'full',
      at: AT,
      atStart: true,
      filesystem: {
        ...filesystem,
        availableBytes: 0,
        state: { level: 'full', of: 'bytes', reservedBytes: 2 * GIB, freeInodes: 9 },
      },
      quota: undefined,
      filledBy: [row()],
    };
    assert.match(
      watchEventLines(full, screen(Infinity)).join(''),
      /FULL \/ is already full: 0 B free, and 2\.0 GiB for root only; filled by \/var\/log\/worker\.log \+412\.0 MiB by /u,
    );
  });

  test('a quota that is used up, and whose', () => {
    const limit = {
      kind: 'user',
      id: 33,
      name: fromText('www-data'),
      of: 'bytes',
      used: 5 * GIB,
      limit: 5 * GIB,
    } as const;
    const full: WatchEvent = { type: 'full', at: AT, atStart: false, filesystem, quota: limit, filledBy: [] };
    assert.match(
      watchEventLines(full, screen(Infinity)).join(''),
      /FULL \/ is at a quota: user www-data uses 5\.0 GiB of 5\.0 GiB \(100 %\); what to do first: diskwhy \/ says it$/u,
    );
    const freed: WatchEvent = { ...full, type: 'freed', quota: { ...limit, used: GIB } };
    assert.match(
      watchEventLines(freed, screen(Infinity)).join(''),
      /freed \/ has room again: user www-data uses 1\.0 GiB of 5\.0 GiB \(20 %\)$/u,
    );
  });

  test('a pool below that is full, and a filesystem that an error stopped', () => {
    const pool = {
      name: fromText('vg0-pool-tpool'),
      usedShare: 1,
      metadataUsedShare: 0.125,
      totalBytes: GIB,
      metadataBytes: MIB,
      state: 'out-of-space',
    } as const;
    const told: readonly [WatchEvent, string][] = [
      [
        { type: 'pool-full', at: AT, filesystem, atStart: true, pool },
        'POOL FULL / lies already on the thin pool vg0-pool-tpool, of whose data 100 % and of whose metadata 12 % are in use, though 6.1 GiB seem free; what to do first: diskwhy / says it',
      ],
      [
        {
          type: 'pool-freed',
          at: AT,
          filesystem,
          atStart: false,
          pool: { ...pool, usedShare: 0.5, state: 'ok' },
        },
        'pool freed /: its thin pool vg0-pool-tpool has room again',
      ],
      [
        { type: 'read-only', at: AT, filesystem, atStart: false, isShutDown: false },
        'READ ONLY / takes no writes any more: the kernel met an error on it (dmesg says which); deleting does not help, save what matters and check it unmounted',
      ],
      [
        { type: 'writable', at: AT, filesystem, atStart: false, isShutDown: false },
        'writable / takes writes again',
      ],
    ];
    for (const [one, sentence] of told) {
      assert.equal(line(one).replace(/^[\d:]+ /u, ''), sentence);
      readDocument(JSON.stringify(watchEventJson(one)));
    }
  });

  test('the summary names what grew and by whom', () => {
    const summary = line({
      type: 'summary',
      at: AT,
      alarms: 1,
      seconds: 200,
      grownBytes: 512 * MIB,
      explainedBytes: 500 * MIB,
      top: [row()],
    });
    assert.equal(
      summary,
      'SUMMARY  3 min, 1 alarm, the disk grew by 512.0 MiB, 98 % of it explained\n 412.0 MiB  /var/log/worker.log  restart loop 97 % by nginx (812)',
    );
  });
});

suite('NDJSON', () => {
  test('an alarm as DESIGN says, null where nothing is known', () => {
    const json = readDocument(JSON.stringify(watchEventJson(event()))) as Record<string, unknown>;
    assert.deepEqual(
      [json['type'], json['at'], json['path'], json['bytesPerSecond'], json['verdict'], json['confidence']],
      [
        'alarm',
        '2026-11-22T14:02:31.000Z',
        '/var/log/worker.log',
        Math.round(2.3 * MIB),
        'restart-loop',
        0.97,
      ],
    );
    assert.deepEqual(json['filesystem'], {
      mountPoint: '/',
      availableBytes: Math.round(6.1 * GIB),
      fillingBytesPerSecond: Math.round(2.4 * MIB),
      fullInSeconds: 2280,
      fullInSecondsLatest: 2700,
      inodesFullInSeconds: null,
      state: { level: 'ok', of: 'bytes', reservedBytes: 0, freeInodes: 100_000 },
      caps: [],
      growthCaps: [],
    });
    const [one] = json['writers'] as Record<string, unknown>[];
    assert.deepEqual(
      [one['pid'], one['command'], one['unit'], one['container'], one['confidence'], one['behind']],
      [812, 'nginx', null, null, 'writing', null],
    );
  });

  test('a name that is not UTF-8 comes as bytes too; a writer without a process has no pid', () => {
    const json = watchEventJson(event({ path: '/a\xFF' as ByteString, writers: [writer({ pid: 0 })] })) as {
      pathBase64: string;
      writers: { pid: null }[];
    };
    assert.equal(json.pathBase64, Buffer.from('/a\xFF', 'latin1').toString('base64'));
    assert.equal(json.writers[0].pid, null);
  });

  test('the others', () => {
    assert.deepEqual(
      watchEventJson({ type: 'notice', at: AT, path: undefined, notice: { kind: 'root-back' } }),
      {
        type: 'notice',
        at: '2026-11-22T14:02:31.000Z',
        schema: 'diskwhy/watch@2',
        notice: { kind: 'root-back' },
        message: 'is there again and watched again',
      },
    );
    assert.deepEqual(
      Object.keys(
        watchEventJson({
          type: 'summary',
          at: AT,
          alarms: 0,
          seconds: 1,
          grownBytes: 0,
          explainedBytes: 0,
          top: [],
        }),
      ),
      ['type', 'at', 'schema', 'alarms', 'seconds', 'grownBytes', 'explainedBytes', 'top'],
    );
  });
});

suite('durations', () => {
  test('in the unit that fits', () => {
    assert.deepEqual([0, 45, 99, 100, 2280, 6000, 86_400, 200_000].map(durationText), [
      '0 s',
      '45 s',
      '99 s',
      '2 min',
      '38 min',
      '2 h',
      '24 h',
      '2 d',
    ]);
  });

  test('ranges', () => {
    assert.equal(rangeText(2280, 2700), '38–45 min');
    assert.equal(rangeText(2280, 2285), '~38 min');
    assert.equal(rangeText(3000, 10_800), '50 min–3 h');
  });
});
