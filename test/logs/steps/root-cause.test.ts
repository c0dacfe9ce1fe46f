/** The cause of a failing step: each is made on this machine, then looked up. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import { rootCauseOf } from '../../../src/logs/steps/root-cause.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const log = fromText('/var/log/x.log');

async function listening(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

test('a refused connection: whether something listens there by now', async () => {
  const { port, close } = await listening();
  const line = `ERROR Cannot connect to amqp://guest:**@127.0.0.1:${port}//: [Errno 111] Connection refused`;
  const address = `127.0.0.1:${port}`;
  assert.deepEqual(rootCauseOf(line, [], log), { kind: 'refused', address, isListening: true });
  await close();
  assert.deepEqual(rootCauseOf(line, [], log), { kind: 'refused', address, isListening: false });
});

test('the address may stand in another line of the round, or in fields of its own', () => {
  const refused = (line: string, others: readonly string[] = []): string | undefined => {
    const cause = rootCauseOf(line, others, log);
    return cause?.kind === 'refused' ? cause.address : undefined;
  };
  assert.equal(refused("socket error 'ECONNREFUSED'", ['opening ws://127.0.0.1:9/stream']), '127.0.0.1:9');
  assert.equal(
    refused('"code":"ECONNREFUSED","syscall":"connect","address":"127.0.0.1","port":9}'),
    '127.0.0.1:9',
  );
  assert.equal(refused('at 12:30:55 server.js:55 connect ECONNREFUSED'), undefined);
});

test('another machine is not asked', () => {
  assert.deepEqual(rootCauseOf('connect ECONNREFUSED db.example.com:5432', [], log), {
    kind: 'refused',
    address: 'db.example.com:5432',
    isListening: null,
  });
});

test('a taken address: who has it', async () => {
  const { port, close } = await listening();
  const cause = rootCauseOf(`bind() to 0.0.0.0:${port} failed (98: Address already in use)`, [], log);
  assert.ok(cause?.kind === 'address-taken' && cause.isTaken);
  assert.equal(cause.holder?.pid, process.pid);
  await close();
  const later = rootCauseOf(`bind() to 0.0.0.0:${port} failed (98: Address already in use)`, [], log);
  assert.ok(later?.kind === 'address-taken' && !later.isTaken && later.holder === null);
});

test('a missing file: how far the path leads, and that it is there by now', () => {
  using temporary = tempFolder();
  const folder = temporary.path;
  const file = path.join(folder, 'conf/app.toml');
  const line = `cannot open ${file}: No such file or directory`;
  const cause = rootCauseOf(line, [], log);
  assert.deepEqual(cause, { kind: 'missing', path: file, isThere: false, at: folder });
  mkdirSync(path.dirname(file));
  writeFileSync(file, '');
  assert.deepEqual(rootCauseOf(line, [], log), { kind: 'missing', path: file, isThere: true, at: file });
});

test('a denied path: whose it is', () => {
  using temporary = tempFolder();
  const folder = temporary.path;
  const file = path.join(folder, 'tls.pem');
  writeFileSync(file, '', { mode: 0o640 });
  const cause = rootCauseOf(`open '${file}': EACCES, permission denied`, [], log);
  assert.ok(cause?.kind === 'denied');
  assert.equal(cause.permissions, 0o640);
});

test('a full disk: what is free where the path is', () => {
  using temporary = tempFolder();
  const folder = temporary.path;
  const cause = rootCauseOf(`write ${folder}/queue/17: no space left on device`, [], log);
  assert.ok(cause?.kind === 'no-space');
  assert.equal(cause.path, folder);
  assert.ok(cause.availableBytes > 0);
});

test('what names no error is not looked up', () => {
  assert.equal(rootCauseOf('job 17 failed', ['127.0.0.1:9'], log), null);
});

test('a refused login: whose, and whether the server is there', async () => {
  const { port, close } = await listening();
  const line = `connection to server at "127.0.0.1", port ${port} failed: FATAL:  password authentication failed for user "app"`;
  const cause = { kind: 'login-refused', user: 'app', address: `127.0.0.1:${port}`, isListening: true };
  assert.deepEqual(rootCauseOf(line, [`connecting to 127.0.0.1:${port}`], log), cause);
  await close();
  const users = [
    "ERROR 1045 (28000): Access denied for user 'shop'@'localhost' (using password: YES)",
    'pymongo.errors.OperationFailure: Authentication failed., code 18',
    'ReplyError: WRONGPASS invalid username-password pair or user is disabled.',
    'ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN',
    'ldap_bind: Invalid credentials (49)',
    'user=ann 401 Unauthorized',
    'backup@10.0.0.9: Permission denied (publickey,password).',
  ].map((text) => {
    const found = rootCauseOf(text, [], log);
    return found?.kind === 'login-refused' ? found.user : found?.kind;
  });
  assert.deepEqual(users, ['shop', null, null, null, null, 'ann', null]);
  assert.equal(rootCauseOf("open('/root/x'): Permission denied", [], log)?.kind, 'denied');
});
