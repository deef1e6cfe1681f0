/** Exit codes of aerender. Source: Adobe's help, "Automated rendering and network rendering". */
export const EXIT = { ok: 0, failure: 1, usage: 2, runtimeError: 9 } as const;
