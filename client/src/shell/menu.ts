export interface MenuItem {
    text: string;
    run: () => void;
    /** For what is on or off. */
    checked?: boolean;
    disabled?: boolean;
    danger?: boolean;
    /** A line above it. */
    separated?: boolean;
    keys?: string;
}
