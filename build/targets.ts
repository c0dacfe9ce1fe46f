/** What an executable can be made for, and what its file is called. */

export interface Target {
  readonly processor: 'x64' | 'arm64';
  /** Linux with the C library that is named, or macOS. */
  readonly system: 'glibc' | 'musl' | 'macos';
  readonly file: string;
}

/** By the word on the command line of `build/executable.ts`. */
const TARGETS: Readonly<Record<string, Target>> = {
  x64: { processor: 'x64', system: 'glibc', file: 'diskwhy-linux-x64' },
  arm64: { processor: 'arm64', system: 'glibc', file: 'diskwhy-linux-arm64' },
  'x64-musl': { processor: 'x64', system: 'musl', file: 'diskwhy-linux-x64-musl' },
  'arm64-macos': { processor: 'arm64', system: 'macos', file: 'diskwhy-macos-arm64' },
};

/** Throws for a word that is none. */
export function targetNamed(word: string): Target {
  if (!Object.hasOwn(TARGETS, word))
    throw new Error(`no target ${word}; there are ${Object.keys(TARGETS).join(', ')}`);
  return TARGETS[word];
}

/** This machine's own: what runs this script was built for it. */
export function isOwn({ processor, system }: Target): boolean {
  return processor === process.arch && system === 'glibc' && process.platform === 'linux';
}
