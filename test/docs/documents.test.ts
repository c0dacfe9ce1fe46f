/** What is generated is as the tables say now: `npm run docs` writes it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { checkout, documents } from '../../docs/generator/documents.ts';
import { needsTool } from '../support/requirements.ts';

const generated = documents();

test('documents are up to date; npm run docs writes them', () => {
  for (const [path, content] of generated) {
    const url = new URL(path, checkout);
    assert.equal(existsSync(url) ? readFileSync(url, 'utf8') : undefined, content, path);
  }
});

test('there is no document that nothing generates', () => {
  for (const folder of ['docs/man', 'docs/completions', 'docs/schema'])
    assert.deepEqual(
      readdirSync(new URL(folder, checkout)).filter((name) => !generated.has(`${folder}/${name}`)),
      [],
    );
});

test('man pages are clean', { skip: needsTool('groff') }, () => {
  for (const path of generated.keys()) {
    if (!path.startsWith('docs/man/')) continue;
    const page = fileURLToPath(new URL(path, checkout));
    const { stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-Kutf8', '-ww', page], {
      encoding: 'utf8',
    });
    assert.deepEqual([stderr, stdout.length > 1000], ['', true], path);
  }
});
