/** Runs the chunks of a pack as CommonJS modules, each once, with V8's code cache where it fits this Node. */
import { Script } from 'node:vm';
import type { Pack } from './pack.ts';

interface Module {
  exports: unknown;
}
type Wrapped = (
  exports: unknown,
  require: (id: string) => unknown,
  module: Module,
  filename: string,
  directory: string,
) => void;

/** What stands before and behind the source of each chunk; its parameters are CommonJS's. */
export const WRAPPER = ['(function(exports,require,module,__filename,__dirname){', '\n})'] as const;

/** Parts of Node that take milliseconds to load and that most runs do not use, though what they run imports them. */
const LATE = new Set(
  [
    'child_process',
    'crypto',
    'fs/promises',
    'http',
    'net',
    'tty',
    'worker_threads',
    'stream',
    'stream/promises',
    'zlib',
  ].map((name) => `node:${name}`),
);

export class Loader {
  readonly #modules = new Map<string, Module>();
  readonly #pack: Pack;
  readonly #directory: string;
  readonly #require: (id: string) => unknown;

  /** Chunks are told that they lie in `directory`; what the pack does not have is left to `require`. */
  constructor(pack: Pack, directory: string, require: (id: string) => unknown) {
    this.#pack = pack;
    this.#directory = directory;
    this.#require = require;
  }

  /** The exports of the chunk `name` (`./name.js` to other chunks). */
  load = (name: string): unknown => {
    const known = this.#modules.get(name);
    if (known) return known.exports;
    const chunk = this.#pack.chunk(name);
    if (!chunk) return LATE.has(name) ? this.#late(name) : this.#require(name);
    const filename = `${this.#directory}/${name.replace('./', '')}`;
    const { source, cachedData } = chunk;
    // A cache of another V8, or of other flags, is refused by V8 itself and changes nothing but the time.
    const script = new Script(source, { filename, ...(cachedData ? { cachedData } : {}) });
    const module: Module = { exports: {} };
    this.#modules.set(name, module);
    const run = script.runInThisContext() as Wrapped;
    run(module.exports, this.load, module, filename, this.#directory);
    return module.exports;
  };

  /** Stands for a module of Node's, which is loaded when something of it is used for the first time. */
  #late(name: string): unknown {
    let loaded: object | undefined;
    const module = (): object => (loaded ??= this.#require(name) as object);
    const late = new Proxy(
      {},
      {
        get: (_, key) => Reflect.get(module(), key) as unknown,
        has: (_, key) => Reflect.has(module(), key),
        ownKeys: () => Reflect.ownKeys(module()),
        getOwnPropertyDescriptor: (_, key) => {
          const property = Reflect.getOwnPropertyDescriptor(module(), key);
          return property && { ...property, configurable: true };
        },
      },
    );
    this.#modules.set(name, { exports: late });
    return late;
  }
}
