/** A size for people. */
export function bytes(size: number): string {
    if (size < 1_000) return `${size} bytes`;
    const units = ["kB", "MB", "GB"];
    const power = Math.min(units.length, Math.floor(Math.log10(size) / 3));
    const value = size / 1_000 ** power;
    return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power - 1]}`;
}

const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short" });

/** A time as people say it: how long ago, or the day. */
export function when(iso: string, now = Date.now()): string {
    const time = Date.parse(iso);
    const minutes = Math.round((now - time) / 60_000);
    if (minutes < 1) return "just now";
    if (minutes < 60) return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
    const hours = Math.round(minutes / 60);
    if (hours < 24) return hours === 1 ? "an hour ago" : `${hours} hours ago`;
    const days = Math.round(hours / 24);
    return days < 7 ? (days === 1 ? "yesterday" : `${days} days ago`) : day.format(time);
}

export const exactly = (iso: string): string => exact.format(Date.parse(iso));
