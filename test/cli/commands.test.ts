/** Which command a command line asks for, before any option is read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandName } from '../../src/cli/commands.ts';

test('the first word names the command, whatever flags stand before it', () => {
  assert.equal(commandName(['log', 'app.log']), 'log');
  assert.equal(commandName(['--json', 'log', 'app.log']), 'log');
  assert.equal(commandName(['/var', 'log']), '');
  assert.equal(commandName(['./log']), '');
  assert.equal(commandName([]), '');
  assert.equal(commandName(['toString']), '');
});

test('the shell completes for the command that was begun', () => {
  assert.equal(commandName(['--get-yargs-completions', 'diskwhy', 'log', '--w']), 'log');
  assert.equal(commandName(['--get-yargs-completions', 'diskwhy', '--j']), '');
});
