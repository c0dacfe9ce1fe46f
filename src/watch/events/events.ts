/** The door of the events: where news of changes comes from, and which directories there are to look at. */
export { DirectoryIndex } from './directory-index.ts';
export { EventQueue } from './event-queue.ts';
export { EventSources } from './event-sources.ts';
export { chooseHotDirectories } from './hot-directories.ts';
export { Notices } from './notices.ts';
export { Sweeper } from './sweeper.ts';
