/** Beside a file that was told, one that grows half as fast as the limit is told as well: chance must not choose which. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { suite, test } from 'node:test';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WatchRun } from '../support/watch-run.ts';

const MIB = 2 ** 20;

/** Appends to each of two files at its own pace: bytes a second. */
const TWO_LOGS = `my ($dir, $fast, $slow) = @ARGV; my $line = ('x' x 4095) . "\\n"; my $start = time; my %done;
my %rate = (fast => $fast, slow => $slow); my %file;
for my $name (keys %rate) { open($file{$name}, '>>', "$dir/$name.log"); $done{$name} = 0 }
while (1) { for my $name (keys %rate) { while ($done{$name} < (time - $start) * $rate{$name}) {
syswrite($file{$name}, $line); $done{$name} += 4096 } } sleep 0.01 }`;

suite('beside what was told', { skip: needsLinux }, () => {
  test('a slower log in its directory', async () => {
    using folder = tempFolder();
    await using watch = new WatchRun([folder.path], { alarmBytesPerSecond: 4 * MIB });
    await watch.ready();
    const words = ['-MTime::HiRes=sleep,time', '-e', TWO_LOGS, folder.path, String(8 * MIB), String(3 * MIB)];
    const writer = spawn('perl', words, { stdio: 'ignore' });
    try {
      await watch.growth('alarm', `${folder.path}/fast.log`);
      const slow = await watch.growth('alarm', `${folder.path}/slow.log`);
      assert.equal(slow.what, 'file');
    } finally {
      writer.kill('SIGKILL');
    }
  });
});
