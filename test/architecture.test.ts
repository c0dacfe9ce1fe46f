/**
 * Holds the house's plan (DESIGN §2): who may import whom, rooms entered by their doors, one npm package in one
 * file, no cycles between rooms. Reads the imports as text, so a file that nothing runs is held to it too.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../src');

/** Room → the rooms it may import besides itself. */
const mayImport: Record<string, readonly string[]> = {
  model: [],
  system: ['model'],
  scan: ['model', 'system'],
  logs: ['model', 'system'],
  catalogue: ['model'],
  remedies: ['model', 'system', 'catalogue'],
  explain: ['model', 'system', 'scan', 'logs', 'catalogue', 'tmp', 'remedies'],
  watch: ['model', 'system', 'scan', 'logs', 'catalogue', 'remedies'],
  tmp: ['model', 'system', 'scan', 'catalogue', 'remedies'],
  clean: ['model', 'system'],
  snapshot: ['model', 'system', 'scan'],
  render: ['model'],
  fleet: ['model', 'system', 'scan', 'explain', 'watch', 'render'],
  browse: ['model', 'system', 'scan', 'explain', 'snapshot', 'clean', 'render'],
  cli: [
    'model',
    'system',
    'scan',
    'logs',
    'catalogue',
    'remedies',
    'explain',
    'watch',
    'tmp',
    'clean',
    'snapshot',
    'render',
    'fleet',
    'browse',
  ],
};

/** npm package → the one file that may import it. */
const onlyImporter: Record<string, string> = {
  koffi: 'system/calls/native-library.ts',
  chokidar: 'system/changes/watcher.ts',
  'fast-glob': 'system/files/glob.ts',
  picomatch: 'system/files/exclude.ts',
  'yargs-parser': 'cli/command-line/split-words.ts',
  'smol-toml': 'cli/settings/settings-file.ts',
  'cli-table3': 'render/terminal/table.ts',
  filesize: 'render/terminal/size.ts',
  'prom-client': 'fleet/metrics/exposition.ts',
  'd3-hierarchy': 'render/html/treemap.ts',
  'get-east-asian-width': 'render/terminal/text-width.ts',
  'hyparquet-writer': 'fleet/record/record-file.ts',
  hyparquet: 'fleet/questions/read-record.ts',
  '@duckdb/node-api': 'fleet/questions/duckdb.ts',
};

/** Rooms whose files may be imported one by one: words, system calls and screens have no single door. */
const openRooms = new Set(['model', 'system', 'render', 'cli']);

/** Second doors: they must load nothing, so they cannot be behind the first. */
const sideDoors: Record<string, readonly string[]> = {
  tmp: ['tmp/roots/temp-directories.ts'],
};

/** A folder of a big room. */
interface Floor {
  /** Its one entry; undefined where each file is a question of its own that may be asked from outside. */
  readonly door: string | undefined;
  /** The floors it may import; all of them are used. */
  readonly mayImport: readonly string[];
  /** Files of an open floor that only it may import, by their names. */
  readonly own?: readonly string[];
}

/** Room → its floors in the order in which data goes. The room's own door may enter each of them. */
const floors: Record<string, Readonly<Record<string, Floor>>> = {
  scan: {
    roots: { door: 'roots/roots.ts', mayImport: [] },
    queue: { door: 'queue/job-queue.ts', mayImport: [] },
    live: { door: 'live/live-table.ts', mayImport: [] },
    tally: { door: 'tally/tally.ts', mayImport: ['live'] },
    record: { door: 'record/record.ts', mayImport: [] },
    volumes: { door: 'volumes/volumes.ts', mayImport: ['roots'] },
    sources: { door: 'sources/sources.ts', mayImport: ['queue', 'tally', 'record', 'volumes'] },
    crew: { door: 'crew/crew.ts', mayImport: ['roots', 'queue', 'tally', 'record', 'volumes', 'sources'] },
    merge: { door: 'merge/merge.ts', mayImport: ['tally'] },
  },
  snapshot: {
    export: { door: 'export/export.ts', mayImport: [] },
    import: { door: 'import/import.ts', mayImport: [] },
    diff: { door: 'diff/diff.ts', mayImport: ['export', 'import'] },
    history: { door: 'history/history.ts', mayImport: ['export', 'import'] },
    growth: { door: 'growth/growth.ts', mayImport: ['import'] },
  },
  logs: {
    lines: { door: undefined, mayImport: [] },
    times: { door: undefined, mayImport: ['lines'] },
    patterns: { door: undefined, mayImport: ['lines', 'times'] },
    words: { door: undefined, mayImport: [] },
    reading: { door: undefined, mayImport: ['lines', 'times', 'patterns'] },
    verdict: { door: undefined, mayImport: ['lines', 'times', 'patterns', 'words', 'reading'] },
    steps: { door: undefined, mayImport: ['patterns', 'words', 'reading', 'verdict'] },
    report: { door: undefined, mayImport: ['patterns', 'reading', 'verdict', 'steps'] },
  },
  explain: {
    places: { door: undefined, mayImport: [] },
    files: { door: undefined, mayImport: [] },
    ledger: { door: undefined, mayImport: [] },
    owners: { door: undefined, mayImport: [] },
    extents: { door: undefined, mayImport: ['files'] },
    claims: { door: undefined, mayImport: ['places'] },
    stores: { door: undefined, mayImport: ['places', 'files', 'claims'] },
    rules: { door: undefined, mayImport: ['places', 'files', 'extents', 'claims', 'stores'] },
  },
  watch: {
    ground: { door: 'ground/ground.ts', mayImport: [] },
    events: { door: 'events/events.ts', mayImport: ['ground'] },
    growth: { door: 'growth/growth.ts', mayImport: ['ground', 'events'] },
    writers: { door: 'writers/writer-finder.ts', mayImport: ['ground'] },
    verdict: { door: 'verdict/judge.ts', mayImport: ['ground', 'growth'] },
    forecast: { door: 'forecast/outlook.ts', mayImport: ['ground'] },
    remedies: { door: 'remedies/growth-remedies.ts', mayImport: [] },
    alarms: { door: 'alarms/alarms.ts', mayImport: ['ground', 'events', 'growth', 'remedies'] },
    session: {
      door: 'session/watch-session.ts',
      mayImport: ['ground', 'events', 'growth', 'verdict', 'alarms'],
    },
  },
  tmp: {
    names: { door: 'names/names.ts', mayImport: [] },
    tmpfiles: { door: 'tmpfiles/tmpfiles.ts', mayImport: [] },
    roots: { door: 'roots/roots.ts', mayImport: [] },
    units: { door: 'units/units.ts', mayImport: ['roots'] },
    age: { door: 'age/age.ts', mayImport: [] },
    use: { door: 'use/use.ts', mayImport: ['names', 'units'] },
    protection: { door: 'protection/protection.ts', mayImport: ['names', 'tmpfiles', 'roots', 'units'] },
    judgement: {
      door: 'judgement/judgement.ts',
      mayImport: ['names', 'tmpfiles', 'roots', 'units', 'age', 'use', 'protection'],
    },
    report: { door: 'report/report.ts', mayImport: ['tmpfiles', 'roots'] },
  },
  system: {
    calls: { door: undefined, mayImport: [] },
    machine: { door: undefined, mayImport: [] },
    processes: {
      door: undefined,
      mayImport: ['calls'],
      own: ['control-group', 'mappings', 'proc-directory'],
    },
    mounts: { door: undefined, mayImport: ['calls', 'processes'] },
    directories: {
      door: undefined,
      mayImport: ['calls', 'mounts'],
      own: [
        'change-refusal',
        'libc-directory-calls',
        'libc-directory-reader',
        'libc-entries',
        'proc-directory-calls',
      ],
    },
    files: { door: undefined, mayImport: ['calls'] },
    changes: { door: undefined, mayImport: ['calls'], own: ['fanotify-event', 'handle-cache'] },
    disks: { door: undefined, mayImport: ['calls', 'files'] },
    ext4: { door: undefined, mayImport: ['calls'], own: ['crc32c', 'index-checksum'] },
    filesystems: { door: undefined, mayImport: ['calls', 'files', 'ext4'] },
    packages: {
      door: undefined,
      mayImport: ['calls', 'directories'],
      own: ['dpkg', 'generated-files', 'link-probe', 'name-table', 'pacman', 'path-collector', 'rpm'],
    },
    services: { door: undefined, mayImport: ['calls', 'directories', 'files'] },
  },
  fleet: {
    facts: { door: 'facts/facts.ts', mayImport: [] },
    metrics: { door: 'metrics/metrics.ts', mayImport: ['facts'] },
    record: { door: 'record/record.ts', mayImport: ['facts'] },
    questions: { door: 'questions/questions.ts', mayImport: ['record'] },
  },
  browse: {
    listing: { door: 'listing/listing.ts', mayImport: [] },
    trees: { door: 'trees/trees.ts', mayImport: [] },
    desk: { door: 'desk/desk.ts', mayImport: ['listing', 'trees'] },
    survey: { door: 'survey/survey.ts', mayImport: ['desk'] },
    state: { door: 'state/state.ts', mayImport: ['listing', 'trees', 'desk', 'survey'] },
  },
  cli: {
    terminal: { door: undefined, mayImport: [] },
    conditions: { door: undefined, mayImport: ['terminal'] },
    options: { door: undefined, mayImport: ['conditions'] },
    settings: { door: undefined, mayImport: ['options'] },
    'command-line': { door: undefined, mayImport: ['options', 'settings'] },
    completion: { door: undefined, mayImport: ['options'] },
    help: { door: undefined, mayImport: ['options'] },
    signals: { door: undefined, mayImport: ['terminal'] },
    invocation: { door: undefined, mayImport: ['terminal', 'options'] },
    'as-root': { door: undefined, mayImport: ['command-line', 'invocation'] },
    snapshots: { door: undefined, mayImport: ['terminal', 'options', 'invocation'] },
    explain: {
      door: undefined,
      mayImport: ['terminal', 'conditions', 'options', 'signals', 'invocation', 'as-root', 'snapshots'],
    },
    machine: {
      door: undefined,
      mayImport: ['terminal', 'options', 'signals', 'invocation', 'snapshots', 'explain'],
    },
    watch: {
      door: undefined,
      mayImport: ['terminal', 'options', 'settings', 'command-line', 'invocation', 'snapshots'],
    },
    tmp: { door: undefined, mayImport: ['terminal', 'options', 'invocation'] },
    free: { door: undefined, mayImport: ['terminal', 'invocation'] },
    browse: { door: undefined, mayImport: ['terminal', 'options', 'tmp'] },
    commands: {
      door: undefined,
      mayImport: [
        'terminal',
        'conditions',
        'options',
        'settings',
        'command-line',
        'completion',
        'help',
        'signals',
        'invocation',
        'snapshots',
        'explain',
        'machine',
        'watch',
        'tmp',
        'free',
        'browse',
      ],
    },
    bundle: { door: undefined, mayImport: ['invocation'] },
  },
  render: {
    terminal: { door: undefined, mayImport: [] },
    words: { door: undefined, mayImport: ['terminal'] },
    screens: { door: undefined, mayImport: ['terminal', 'words'] },
    json: { door: undefined, mayImport: ['words'] },
    html: { door: undefined, mayImport: ['terminal', 'words'] },
  },
};

const doorsOf = (room: string): readonly string[] => [`${room}/${room}.ts`, ...(sideDoors[room] ?? [])];

const forbiddenNames = /^(utils?|helpers?|common|types|.*manager)(\.ts)?$/u;

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const files = globSync('**/*.ts', { cwd: root }).toSorted();

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\brequire\(\s*)'([^']+)'/gu;
  return [...text.matchAll(pattern)].map((match) => ({ file, specifier: match[1] }));
}

const imports = files.flatMap(importsOf);
const roomOf = (file: string): string => file.split('/')[0];
const isRelative = ({ specifier }: Import): boolean => specifier.startsWith('.');
const target = ({ file, specifier }: Import): string => path.join(path.dirname(file), specifier);

test('there are files and imports to judge', () => {
  assert.ok(files.length > 0);
  assert.ok(
    files.every((file) => file.includes('/')),
    'every source file lives in a room',
  );
});

test('rooms import only the rooms below them', () => {
  const wrong = imports
    .filter(isRelative)
    .filter((one) => roomOf(one.file) !== roomOf(target(one)))
    .filter((one) => !mayImport[roomOf(one.file)]?.includes(roomOf(target(one))))
    .map((one) => `${one.file} → ${target(one)}`);
  assert.deepEqual(wrong, []);
});

test('a room is entered by its door', () => {
  const wrong = imports
    .filter(isRelative)
    .filter((one) => roomOf(one.file) !== roomOf(target(one)) && !openRooms.has(roomOf(target(one))))
    .filter((one) => !doorsOf(roomOf(target(one))).includes(target(one)))
    .map((one) => `${one.file} → ${target(one)}`);
  assert.deepEqual(wrong, []);
});

/** The floor of a file of a room with floors; '' for the room's own door and what lies beside it. */
const floorOf = (file: string): string => (file.split('/').length > 2 ? file.split('/')[1] : '');

for (const [room, plan] of Object.entries(floors)) {
  const entering = imports
    .filter(isRelative)
    .filter((one) => roomOf(target(one)) === room && floorOf(target(one)) !== '')
    .filter((one) => roomOf(one.file) !== room || floorOf(one.file) !== floorOf(target(one)));
  const inside = entering.filter((one) => roomOf(one.file) === room);

  test(`${room}: each folder is a floor of the plan`, () => {
    const folders = files.filter((file) => roomOf(file) === room).map(floorOf);
    assert.deepEqual(
      [...new Set(folders)].filter((floor) => floor !== '').toSorted(),
      Object.keys(plan).toSorted(),
    );
  });

  test(`${room}: floors import only those above them, and all that the plan says`, () => {
    const arrows = new Set(
      inside
        .filter(({ file }) => floorOf(file) !== '')
        .map((one) => `${floorOf(one.file)} → ${floorOf(target(one))}`),
    );
    const planned = Object.entries(plan).flatMap(([floor, { mayImport: others }]) =>
      others.map((other) => `${floor} → ${other}`),
    );
    assert.deepEqual([...arrows].toSorted(), planned.toSorted());
    const order = Object.keys(plan);
    for (const [floor, { mayImport: others }] of Object.entries(plan))
      for (const other of others)
        assert.ok(order.indexOf(other) < order.indexOf(floor), `${floor} → ${other}`);
  });

  test(`${room}: a floor is entered by its door`, () => {
    const wrong = entering
      .filter((one) => {
        const { door, own = [] } = plan[floorOf(target(one))];
        const entered = target(one).slice(room.length + 1);
        return door === undefined ? own.includes(path.basename(entered, '.ts')) : entered !== door;
      })
      .filter((one) => !(sideDoors[room] ?? []).includes(target(one)))
      .map((one) => `${one.file} → ${target(one)}`);
    assert.deepEqual(wrong, []);
  });
}

test('no file is longer than a person reads in one go, and most are short', () => {
  const lengths = files.map((file) => ({
    file,
    lines: readFileSync(path.join(root, file), 'utf8').split('\n').length - 1,
  }));
  assert.deepEqual(
    lengths.filter(({ lines }) => lines > MOST_LINES),
    [],
  );
  const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
  assert.ok(sorted[Math.floor(sorted.length / 2)] <= MEDIAN_LINES);
});

const MOST_LINES = 250;
const MEDIAN_LINES = 80;

test('an npm package has one importing file', () => {
  const wrong = imports
    .filter((one) => !isRelative(one) && !one.specifier.startsWith('node:'))
    .map((one) => ({
      ...one,
      package: one.specifier
        .split('/')
        .slice(0, one.specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    }))
    .filter((one) => onlyImporter[one.package] !== one.file)
    .map((one) => `${one.file} → ${one.specifier}`);
  assert.deepEqual(wrong, []);
});

test('built-in modules are named with node:', () => {
  assert.deepEqual(
    imports.filter(({ specifier }) => !specifier.startsWith('node:') && builtinModules.includes(specifier)),
    [],
  );
});

test('below cli/ nobody reads argv, env, cwd, the terminal or the wall clock', () => {
  const outside = /process\.(argv|env|cwd|stdout|stderr|stdin|exit)\b|Date\.now\(|new Date\(\)/u;
  const allowed = new Set(['system/calls/clock.ts']);
  const wrong = files
    .filter((file) => roomOf(file) !== 'cli' && !allowed.has(file))
    .filter((file) => outside.test(readFileSync(path.join(root, file), 'utf8')));
  assert.deepEqual(wrong, []);
});

/** What a sentence is kept in, asked for how it begins or what it holds. */
const asksASentence =
  /\b(?:evidence|sentences?|advice|remedy\.text)\b\)?(?:\??\.\w+\([^()]*\)|\[\d\])*\??\.(?:startsWith|endsWith|includes|indexOf|match|search)\(|\/[a-z]*\.test\((?:[\w.]+\.)?(?:evidence|sentence|advice)\b/u;

test('nothing above render/ decides by how a sentence is worded', () => {
  const wrong = files
    .filter((file) => roomOf(file) !== 'render')
    .filter((file) => asksASentence.test(readFileSync(path.join(root, file), 'utf8')));
  assert.deepEqual(wrong, []);
});

test('files are named after what they hold, in kebab-case', () => {
  const wrong = files.filter((file) =>
    file
      .split('/')
      .some((part) => forbiddenNames.test(part) || !/^[a-z0-9]+(-[a-z0-9]+)*(\.ts)?$/u.test(part)),
  );
  assert.deepEqual(wrong, []);
});

test('no import cycles', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file).filter(isRelative).map(target)]));
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    assert.ok(!trail.includes(file), `cycle: ${[...trail, file].join(' → ')}`);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test('each file opens with a sentence saying what it holds', () => {
  assert.deepEqual(
    files.filter((file) => !readFileSync(path.join(root, file), 'utf8').startsWith('/**')),
    [],
  );
});
