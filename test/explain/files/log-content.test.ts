/** Logs are told by their lines whatever they are called, and data with times in it is never taken for one. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isLogByContent } from '../../../src/explain/files/log-content.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import type { ByteString } from '../../../src/model/byte-string.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const lines = (line: (index: number) => string): string =>
  Array.from({ length: 400 }, (_, at) => `${line(at)}\n`).join('');
const two = (value: number): string => String(value % 60).padStart(2, '0');

const php = lines(
  (at) => `[26-Nov-2026 10:00:${two(at)} UTC] PHP Warning:  Undefined array key "x" in /srv/a.php on line 2`,
);
const syslog = lines(
  (at) => `Nov 26 10:00:${two(at)} host worker[${4000 + at}]: bind 0.0.0.0:80: Address already in use`,
);
const iso = lines((at) => `2026-11-26T10:00:${two(at)}Z ERROR request ${at} failed: connection refused`);
const python = lines((at) => `2026-11-26 10:00:${two(at)},123 - root - INFO - step ${at} of many`);
const apache = lines(
  (at) => `[Thu Nov 26 10:00:${two(at)}.123 2026] [core:error] [pid ${at}] AH00126: Invalid URI in request`,
);
const kernel = lines((at) => `[${at}.123456] usb 1-1: reset failed, retrying`);
const measured = lines((at) => `2026-11-26 10:00:${two(at)} ${at} 21.5 1013.2`);
const prose = lines((at) => `Chapter ${at}: it was an error to think that nothing failed.`);

test('logs by their lines, and data by its name or its lines', () => {
  using folder = tempFolder();
  const isLog = (name: string, text: string | Buffer): boolean => {
    writeFileSync(`${folder.path}/${name}`, text);
    return isLogByContent({
      path: fromText(`${folder.path}/${name}`),
      name: name as ByteString,
      diskBytes: 4096,
    });
  };
  const logs: readonly (readonly [name: string, text: string])[] = [
    ['error_log', php],
    ['messages.1', syslog],
    ['debug.txt', iso],
    ['worker', iso],
    ['nohup.out.2', python],
    ['ssl_error_log.3', apache],
    ['output', python],
    ['dmesg-old', kernel],
  ];
  for (const [name, text] of logs) assert.equal(isLog(name, text), true, name);
  const data: readonly (readonly [name: string, text: string | Buffer])[] = [
    ['weather.txt', measured],
    ['events.csv', iso],
    ['dump.sql', iso],
    ['trades.jsonl', iso],
    ['novel.txt', prose],
    // A store's, whatever it reads like.
    ['00000000000000000042.log', iso],
    ['binary', Buffer.alloc(100_000, 7)],
    ['short', iso.slice(0, 300)],
  ];
  for (const [name, text] of data) assert.equal(isLog(name, text), false, name);
});
