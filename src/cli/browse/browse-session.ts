/** One session of `diskwhy browse`: keys and answers change the state, the state is drawn and its wishes are carried out. */
import {
  answered,
  deleted,
  judged,
  point,
  press,
  resize,
  selectedOf,
  startDesk,
  viewOf,
} from '../../browse/browse.ts';
import type { BrowseState, Turn, Wish } from '../../browse/browse.ts';
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { browseLines } from '../../render/screens/browse/browse.ts';
import type { BrowseScreen } from '../../render/screens/browse/browse-view.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { openLiveScreen } from '../terminal/live-screen.ts';
import type { LiveScreen } from '../terminal/live-screen.ts';
import type { TerminalInput } from '../terminal/terminal-keys.ts';
import type { BrowseCleaner } from './browse-cleaner.ts';
import type { SinceSource } from './browse-since-source.ts';
import type { BrowseSource, SourceHooks } from './browse-source.ts';

/** The cursor has to rest on an entry for so long before it is looked at. */
const REST_MS = 60;
/** What threads may take to end. */
const STUCK_MS = 3000;

export class BrowseSession implements Disposable {
  /** Resolves when the user quits, rejects with what a thread failed of. */
  readonly ended: Promise<void>;
  readonly #screen: LiveScreen;
  readonly #style: Omit<BrowseScreen, 'width' | 'height'>;
  readonly #source: BrowseSource;
  readonly #since: SinceSource | undefined;
  readonly #drawn: (line: string) => string;
  readonly #makeCleaner: () => Promise<BrowseCleaner>;
  #cleaner: BrowseCleaner | undefined;
  #state: BrowseState;
  #desk: ReturnType<typeof startDesk> | undefined;
  #looked: ByteString | undefined;
  #resting: NodeJS.Timeout | undefined;
  #stop = new AbortController();
  #end!: () => void;
  #fail!: (error: unknown) => void;

  /** Draws the first screen at once; nothing else has been started then. */
  constructor(
    firstState: (width: number, height: number) => BrowseState,
    style: Omit<BrowseScreen, 'width' | 'height'>,
    source: BrowseSource,
    since: SinceSource | undefined,
    drawn: (line: string) => string,
    makeCleaner: () => Promise<BrowseCleaner>,
  ) {
    this.#style = style;
    this.#source = source;
    this.#since = since;
    this.#drawn = drawn;
    this.#makeCleaner = makeCleaner;
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    this.#screen = openLiveScreen({
      onInput: (inputs) => this.#onInput(inputs),
      onRedraw: () => this.#onRedraw(),
      wantsMouse: true,
    });
    const { width, height } = this.#screen.size();
    this.#state = firstState(width, height);
    this.#draw();
  }

  start(): void {
    this.#desk = startDesk(
      (answer) => this.#take(answered(this.#state, answer)),
      (error) => this.#fail(error),
    );
    const hooks: SourceHooks = {
      ask: (question) => this.#desk?.ask(question),
      change: (to) => this.#change(to),
      fail: (error) => this.#fail(error),
    };
    this.#source.start(hooks);
    this.#since?.start(hooks);
    this.#desk.ask({ ask: 'list', serial: this.#state.serial, directory: this.#state.place.directory });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#resting);
    this.#stop.abort();
    this.#screen[Symbol.dispose]();
    this.#source.end();
    this.#since?.end();
    this.#desk?.end();
    this.#cleaner?.[Symbol.dispose]();
    // A thread that waits for a filesystem inside the kernel ends with the process only.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), STUCK_MS).unref();
  }

  #onInput(inputs: readonly TerminalInput[]): void {
    let turn: Turn = { state: this.#state, wishes: [] };
    for (const input of inputs) {
      const next = 'key' in input ? press(turn.state, input.key) : point(turn.state, input);
      turn = { state: next.state, wishes: [...turn.wishes, ...next.wishes] };
    }
    this.#take(turn);
  }

  #onRedraw(): void {
    const { width, height } = this.#screen.size();
    this.#change((state) => resize(state, width, height));
  }

  #change(to: (state: BrowseState) => BrowseState): void {
    this.#take({ state: to(this.#state), wishes: [] });
  }

  #take({ state, wishes }: Turn): void {
    this.#state = state;
    for (const wish of wishes) this.#grant(wish);
    this.#draw();
    this.#look();
  }

  #grant(wish: Wish): void {
    switch (wish.wish) {
      case 'list':
        this.#desk?.ask({ ask: 'list', serial: wish.serial, directory: wish.directory });
        return;
      case 'details':
        this.#desk?.ask({ ask: 'details', path: wish.path });
        return;
      case 'find':
        this.#desk?.ask({ ask: 'find', path: wish.path });
        return;
      case 'rescan':
        this.#source.rescan(wish.place);
        return;
      case 'judge':
      case 'delete':
        this.#clean(wish).catch((error: unknown) => this.#fail(error));
        return;
      case 'stop':
        this.#stop.abort();
        return;
      case 'quit':
        this.#end();
        return;
    }
  }

  async #clean(wish: Extract<Wish, { wish: 'judge' | 'delete' }>): Promise<void> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const cleaner = (this.#cleaner ??= await this.#makeCleaner());
    try {
      if (wish.wish === 'judge') {
        const marks = await cleaner.judge(wish.marks, signal);
        this.#change((state) => (signal.aborted ? inTree(state, undefined) : judged(state, marks)));
        return;
      }
      const { told, changes } = await cleaner.carryOut(wish.judged, wish.forGood, signal, (done) =>
        this.#change((state) =>
          state.mode.at === 'deleting' ? { ...state, mode: { ...state.mode, done } } : state,
        ),
      );
      for (const { path, freed } of changes) {
        const directory = this.#state.marks.get(path)?.directory ?? 0;
        if (freed) this.#desk?.ask({ ask: 'removed', path, freed });
        else if (directory > 0) this.#source.rescan({ directory, path });
      }
      this.#change((state) => deleted(state, told));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const path = error.path === undefined ? '' : `${toText(error.path)}: `;
      this.#change((state) => inTree(state, `${path}${error.message}`));
    }
  }

  /** Looks at the entry under the cursor once the cursor rests. */
  #look(): void {
    const path = this.#state.showsWhy ? selectedOf(this.#state)?.path : undefined;
    if (path === this.#looked) return;
    this.#looked = path;
    clearTimeout(this.#resting);
    if (path === undefined) return;
    this.#resting = setTimeout(() => this.#desk?.ask({ ask: 'details', path }), REST_MS);
  }

  #draw(): void {
    const { width, height } = this.#state;
    const lines = browseLines(viewOf(this.#state, nowSeconds()), { ...this.#style, width, height });
    this.#screen.drawChanges(lines.map(this.#drawn));
  }
}

function inTree(state: BrowseState, message: string | undefined): BrowseState {
  return { ...state, mode: { at: 'tree' }, message };
}
