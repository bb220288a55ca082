/*
 * Leave now: Shift pressed three times within five seconds does what the button does.
 * The page is blanked first, before the server has answered; the server ends the visit.
 * On the page that answers (data-leave-to) the address is replaced, so that it leaves one step fewer
 * in the browser's history. Kept on a phone like a program there is no address bar: the neutral page
 * opens above, and whoever comes back to the empty one below is led to the way in (data-back-to).
 * Without this script the button and the answering page still work.
 */
(function () {
  "use strict";

  var root = document.documentElement;
  var destination = root.getAttribute("data-leave-to");
  if (destination) {
    if (window.matchMedia("(display-mode: standalone)").matches || window.navigator.standalone) {
      document.addEventListener("visibilitychange", function () {
        if (document.visibilityState === "visible") {
          window.location.replace(root.getAttribute("data-back-to"));
        }
      });
    }
    window.location.replace(destination);
    return;
  }

  var form = document.getElementById("leave");
  if (!form) {
    return;
  }

  var presses = [];

  function blank() {
    root.classList.add("gone");
    document.title = "Loading";
  }

  form.addEventListener("submit", blank);

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift" || event.repeat) {
      if (event.key !== "Shift") {
        presses = [];
      }
      return;
    }
    var now = Date.now();
    presses = presses.filter(function (time) {
      return now - time < 5000;
    });
    presses.push(now);
    if (presses.length >= 3) {
      blank();
      form.submit();
    }
  });

  // A page kept in memory must not come back to life behind the Back button.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      blank();
      window.location.reload();
    }
  });
})();
