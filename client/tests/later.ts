/** A promise that the test keeps when it is time. */
export function later<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
    let resolve!: (value: T) => void;
    return { promise: new Promise<T>((keep) => (resolve = keep)), resolve };
}
