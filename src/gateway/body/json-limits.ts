/** How much structure a JSON body may have: beyond this it is no request, and would take seconds to parse. */

/** Members of objects and elements of arrays, all together. */
export const mostMembers = 200_000;

/** Objects and arrays within each other. */
export const mostDepth = 500;
