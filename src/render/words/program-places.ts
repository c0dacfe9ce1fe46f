/** What the place of a program says of what lies there, and what follows where nothing else is known. */
import type { ProgramPlace } from '../../model/findings/program-place.ts';
import { quoted } from './phrases.ts';

const uses: Readonly<Record<ProgramPlace['use'], string>> = {
  state: 'keeps its state',
  spool: 'keeps what still waits to be sent or processed',
  cache: 'keeps what it may be able to make again: some keep data there',
  logs: 'writes its logs and records',
  own: 'keeps what is its own',
};

/** "of rsyslog" behind a title. */
export function titleOf(title: string, place: ProgramPlace | undefined): string {
  return place === undefined ? title : `${title} of ${quoted(place.program)}`;
}

/** As evidence. */
export function programPlaceText({ path, program, use }: ProgramPlace): string {
  return `by its name ${quoted(path)} is where ${quoted(program)} ${uses[use]}`;
}

/** What to do where only the place tells whose it is. */
export function programPlaceAdvice({ program, use }: ProgramPlace): string {
  const name = quoted(program);
  return use === 'spool'
    ? `see why ${name} does not get rid of it (who should take it, does that run?): then it goes by itself; what is deleted there was never sent or processed`
    : `see in the settings of ${name}, or ask who runs it, how much it is to keep and how it deletes: it may list these files, so never by hand before that`;
}
