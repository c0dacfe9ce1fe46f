/** Completion of commands, options, values and paths; in bash by running the function as bash would. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { bashCompletion } from '../../../src/cli/completion/bash.ts';
import { fishCompletion } from '../../../src/cli/completion/fish.ts';
import { zshCompletion } from '../../../src/cli/completion/zsh.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { needsTool } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** What bash proposes for the last word; "files" where it is left to complete names of files. No program can be started. */
function inBash(...words: readonly string[]): string[] {
  const script = `${bashCompletion()}
compopt() { [[ $1 == -o ]] && echo dirs; [[ $1 == +o ]] && echo nofiles; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); PATH=/nonexistent
_diskwhy; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

suite('bash', { skip: needsTool('bash') }, () => {
  for (const [words, proposed] of [
    [
      ['diskwhy', 'w'],
      ['dirs', 'watch'],
    ],
    [['diskwhy', '--owne'], ['--owners']],
    [['diskwhy', 'tmp', '--del'], ['--delete']],
    [['diskwhy', 'tmp', '--owne'], []],
    [['diskwhy', '--older', '2d', 'tmp', '--del'], ['--delete']],
    [['diskwhy', '--exclude', 'tmp', '--del'], []],
    [
      ['diskwhy', '--color', 'a'],
      ['auto', 'always'],
    ],
    [['diskwhy', '--color', '=', 'al'], ['always']],
    [
      ['diskwhy', '--color', '='],
      ['auto', 'always', 'never'],
    ],
    [['diskwhy', '--older', ''], ['nofiles']],
    [['diskwhy', 'tmp', '--journal', ''], []],
    [['diskwhy', 'log', ''], []],
    [
      ['diskwhy', 'help', 'ex'],
      ['nofiles', 'explain', 'exit-codes'],
    ],
    [['diskwhy', '--', 'w'], []],
  ] as const)
    test(words.join(' '), () => assert.deepEqual(inBash(...words), proposed));
});

test('fish', { skip: needsTool('fish') }, () => {
  const proposed = (line: string): string[] =>
    execFileSync('fish', ['--no-config', '-c', `${fishCompletion()}\ncomplete -C ${JSON.stringify(line)}`], {
      encoding: 'utf8',
    })
      .split('\n')
      .map((one) => one.split('\t')[0])
      .filter((one) => one !== '');
  assert.deepEqual(proposed('diskwhy watc'), ['watch']);
  assert.deepEqual(proposed('diskwhy --older 2d tmp --dele'), ['--delete']);
  assert.deepEqual(proposed('diskwhy --color '), ['always', 'auto', 'never']);
  assert.deepEqual(proposed('diskwhy log --owne'), []);
});

test('zsh takes its script', { skip: needsTool('zsh') }, () => {
  execFileSync('zsh', ['-f', '-n'], { input: zshCompletion() });
});

/** A zsh on a terminal; for each of its arguments Tab and Enter are pressed, and the command says what it was given. */
const ZSH_ON_A_TERMINAL = `
zmodload zsh/zpty
zpty z zsh -f -i
take() { local text; zpty -r z text "*$1*"; print -rn -- $text; }
zpty -w z "PS1=; fpath=($1 \\$fpath); autoload -U compinit; compinit -u -D; diskwhy() { print -r -- \\"<\\$*>\\" }; echo REA''DY"
take READY >/dev/null
shift
for line; do
  zpty -n -w z "$line"$'\\t\\n'
  take '>'
done`;

test('zsh completes on a terminal', { skip: needsTool('zsh') }, () => {
  using folder = tempFolder();
  writeFileSync(`${folder.path}/_diskwhy`, zshCompletion());
  const lines = [
    ['diskwhy --owne', '--owners'],
    ['diskwhy wat', 'watch'],
    ['diskwhy tmp --del', 'tmp --delete'],
    ['diskwhy --color=alw', '--color=always'],
    ['diskwhy help exi', 'help exit-codes'],
  ] as const;
  const output = execFileSync(
    'zsh',
    ['-f', '-c', ZSH_ON_A_TERMINAL, 'zsh', folder.path, ...lines.map(([typed]) => typed)],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder.path, TERM: 'dumb' },
      timeout: 30_000,
    },
  );
  assert.deepEqual(
    Array.from(output.matchAll(/^<(.*)>/gmu), ([, given]) => given),
    lines.map(([, given]) => given),
  );
});

test('completion prints the script of the shell that is asked for, or that $SHELL names', async () => {
  for (const [args, env, script] of [
    [['bash'], {}, bashCompletion()],
    [['zsh'], { SHELL: '/bin/bash' }, zshCompletion()],
    [[], { SHELL: '/usr/bin/fish' }, fishCompletion()],
  ] as const) {
    const { code, stdout, stderr } = await runDiskwhy(['completion', ...args], { env });
    assert.deepEqual([code, stderr, stdout], [0, '', script]);
  }
  const { code, stderr } = await runDiskwhy(['completion'], { env: { SHELL: '/bin/tcsh' } });
  assert.deepEqual(
    [code, stderr],
    [2, 'diskwhy: diskwhy completion SHELL: name the shell: bash, zsh, fish\n'],
  );
});
