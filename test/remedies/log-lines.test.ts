/** What is somebody's data though it is called a log, and has a time in each line; and what is a log all the same. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { isProgramLog } from '../../src/remedies/log-lines.ts';
import { isWorkLog } from '../../src/remedies/log-text.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { isDataTable, isLogText } from '../../src/remedies/remedies.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LINES = 60;
const lines = (make: (i: number) => string): string[] => Array.from({ length: LINES }, (_, i) => make(i));
const time = (i: number): string => `2026-01-02T03:04:${String(i).padStart(2, '0')}`;

suite('data', () => {
  for (const [what, make] of [
    ['orders', (i: number) => `${time(i)},ORD${i * 7919},${i * 3}.50,EUR,customer${i}`],
    ['measurements', (i: number) => `${time(i)}\t${i / 7}\t${20 - i / 9}`],
    ['measurements between blanks', (i: number) => `${time(i)} ${i}.25 -${i} 1e-${i}`],
    ['trades', (i: number) => `${i};${time(i)};BUY;ACME Corp;${i}00;12.5`],
    ['events', (i: number) => `{"ts":"${time(i)}","order":${i},"total":${i}.5}`],
    [
      'statements that are played again',
      (i: number) => `INSERT INTO AUDIT VALUES(${i},'${time(i)}','error failed')`,
    ],
    ['positions', (i: number) => `$GPRMC,1235${i},A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A`],
  ] as const)
    test(what, () => assert.ok(isDataTable(lines(make))));
});

suite('no data', () => {
  for (const [what, make] of [
    ['a program with levels', (i: number) => `${time(i)} INFO [main] served ${i}, queue ${i}, 0 left`],
    [
      'requests',
      (i: number) => `10.0.0.${i} - - [02/Jan/2026:03:04:05 +0000] "GET /a,b,c HTTP/1.1" 200 ${i}`,
    ],
    ['json of a logger', (i: number) => `{"level":30,"time":${i},"pid":7,"msg":"request ${i}"}`],
    ['docker', (i: number) => `{"log":"listening ${i}\\n","stream":"stdout","time":"${time(i)}Z"}`],
    ['csvlog of PostgreSQL', (i: number) => `${time(i)},"app","db",${i},"10.0.0.1:5",LOG,00000,"done"`],
    [
      'sentences with commas',
      (i: number) => `${time(i)} retrying the upload, attempt ${i} of 9, giving up later on`,
    ],
    ['too few to tell', (i: number) => (i < 5 ? `${time(i)},1,2` : '')],
  ] as const)
    test(what, () => assert.ok(!isDataTable(lines(make).filter((line) => line !== ''))));

  const corpus = path.join(import.meta.dirname, '../../fixtures/logs');
  test('none of the real logs', () => {
    for (const name of readdirSync(corpus).filter((one) => one.endsWith('.gz'))) {
      const all = gunzipSync(readFileSync(path.join(corpus, name)))
        .toString('latin1')
        .split('\n');
      for (let at = 0; at < all.length; at += 200)
        assert.ok(!isDataTable(all.slice(at, at + 200).filter((line) => line !== '')), `${name}: line ${at}`);
    }
  });
});

suite('called a log', () => {
  test('records of business are none, but what their program says of its work is', () => {
    using folder = tempFolder();
    const said = (name: string, line: (i: number) => string): boolean => {
      writeFileSync(`${folder.path}/${name}`, `${lines(line).join('\n')}\n`);
      return isLogText(fromText(`${folder.path}/${name}`));
    };
    const trade = (i: number): string => `${time(i)} FILL order=${i * 7919} qty=${i} px=${i}.25`;
    assert.ok(!said('trades.log', trade));
    assert.ok(!said('ledger.log.1', (i) => `${time(i)} posting ${i} debit 1200 credit 4400`));
    assert.ok(said('app.log', trade));
    assert.ok(said('payments.log', (i) => `${time(i)} ERROR cannot reach the bank, attempt ${i}`));
  });

  test('results of a computation are none', () => {
    assert.ok(
      !isProgramLog(lines((i) => ` SCF Done:  E(RB3LYP) = -${i * 13}.71${i}  A.U. after ${i} cycles`)),
    );
    assert.ok(!isProgramLog(lines((i) => `           ${i}     0.0${i}00   ${i * 3}.12`)));
  });
  test('what a program prints again and again is one, though it has no time', () => {
    assert.ok(isProgramLog(lines(() => 'y')));
    assert.ok(isProgramLog(lines((i) => ['starting', 'could not bind', 'giving up'][i % 3])));
  });
  test('what is emptied is a log for certain', () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/logs`);
    const said = (name: string, line: (i: number) => string): boolean => {
      writeFileSync(`${folder.path}/${name}`, `${lines(line).join('\n')}\n`);
      return isWorkLog(fromText(`${folder.path}/${name}`));
    };
    const reading = (i: number): string => `${time(i)}Z node=${i} temp=2${i % 9}.5 hum=${i}.1`;
    assert.ok(!said('readings.log', reading));
    assert.ok(said('logs/readings.log', reading));
    assert.ok(said('app.log', (i) => `${time(i)}Z cannot reach the broker, attempt ${i}`));
    const placed = (i: number): string =>
      `{"seq":${i},"type":"placed","time":"${time(i)}Z","data":{"sku":{"id":${i}},"message":"gift"}}`;
    assert.ok(!said('eventstore.log', placed));
    assert.ok(
      said('app.json.log', (i) => `{"time":"${time(i)}","level":"info","data":{"n":${i}},"msg":"served"}`),
    );
  });
  test('stack traces are one', () => {
    const frames = (i: number): string => `\tat org.example.Worker${i}.run(Worker${i}.java:${i})`;
    assert.ok(isProgramLog(['java.lang.IllegalStateException: no', ...lines(frames)]));
  });
});
