/** The environment of a client that shall not reach the internet: nothing listens on port 9, so it is refused at once. */
export const isolated = {
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "127.0.0.1,localhost",
  DO_NOT_TRACK: "1",
  CI: "1",
  NO_COLOR: "1",
  TERM: "dumb",
  LANG: "C.UTF-8",
};
