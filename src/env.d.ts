/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    app: import('./application.ts').Application;
    requestId: string;
    clientAddress: string;
    publication: import('./http/published/published.ts').Publication | null;
    body?: Buffer | null;
    failure?: unknown;
    /** The language of this page, and its words; set by the middleware. */
    language: import('../db/words.ts').Language;
    words: import('./i18n/words.ts').Words;
    /** The languages that the page offers, the first at its root, and its addresses; set by the middleware. */
    offered: readonly import('../db/words.ts').Language[];
    paths: import('./paths.ts').PublicPaths;
    /** Who acts and when; set by the middleware. */
    context: import('./domain/core/context.ts').Context;
    /** The signed-in person, on admin pages. */
    session: import('./http/desk/admin-session.ts').AdminSession | null;
    /** Set when the sign-in form is shown in place of another page. */
    signIn: { target: string; kept: import('./actions/form.ts').FormValues } | null;
    /** What was typed into the form of this request and what is wrong with it. */
    form: import('./actions/form.ts').FormState | null;
    /** The action whose form this request carries or, after a new sign-in, carried; on admin pages. */
    submitted: string | null;
    /** What the form of this request tells once; on admin pages. */
    told: import('./actions/form-action.ts').Told | null;
  }
}
