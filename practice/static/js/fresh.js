/*
 * A page that the browser kept whole must not come back to life behind the Back button: it is
 * blanked and asked for again, and the server then says what may be seen.
 */
(function () {
  "use strict";

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      document.documentElement.classList.add("gone");
      document.title = "Loading";
      window.location.reload();
    }
  });
})();
