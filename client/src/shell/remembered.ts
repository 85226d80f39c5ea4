/** What this browser remembers of how somebody likes to work. Storage that is full or forbidden is no fault. */
export function remembered<T>(key: string, otherwise: T): T {
    try {
        const text = localStorage.getItem(`verso.${key}`);
        return text === null ? otherwise : (JSON.parse(text) as T);
    } catch {
        return otherwise;
    }
}

export function remember(key: string, value: unknown): boolean {
    try {
        localStorage.setItem(`verso.${key}`, JSON.stringify(value));
        return true;
    } catch {
        return false;
    }
}

export function forget(key: string): void {
    try {
        localStorage.removeItem(`verso.${key}`);
    } catch {
        // Then there is nothing to forget.
    }
}
