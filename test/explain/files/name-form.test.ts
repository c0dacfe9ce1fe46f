/** Forms of names: what programs make up is masked, what people call things is kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globOf } from '../../../src/explain/files/name-form.ts';

test('random parts of temporary names are masked, words are not', () => {
  const forms = {
    phpAbCdEf: 'php*',
    phpunit: 'phpunit',
    phpMyAdmin: 'phpMyAdmin',
    tmp0e7a269f: 'tmp*',
    'tmp.aB3xQ9zK1L': 'tmp.*',
    '.prod.img.aB3xQ9': '.prod.img.*',
    'notes.txt': 'notes.txt',
    'shop.properties': 'shop.properties',
    'a.JavaScript': 'a.JavaScript',
  };
  for (const [name, form] of Object.entries(forms)) assert.equal(globOf(name), form, name);
});
