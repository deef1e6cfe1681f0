/** What a utility process of ours says over its `parentPort`, in this order. */
export type UtilityMessage = { type: 'log'; text: string } | { type: 'ended'; exitCode: number };

/**
 * The host's answer to `ended`, after which the process exits. Electron drops what a process has written, and may drop
 * what it has posted, when it exits; and no such process exits by itself (electron/electron #47228).
 */
export const EXIT_NOW = 'exit';
