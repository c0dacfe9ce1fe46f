/** By hand, a command in a virtual machine: `node test/support/virtual-machine/run.ts 'uname -a'`. */
import { runInMachine } from './virtual-machine.ts';
const { code, output, console: said } = await runInMachine(process.argv[2]);
process.stdout.write(output);
if (code === undefined) process.stderr.write(said);
process.exitCode = code ?? 99;
