/*
 * Keeps a half-finished form on the server, for its author alone: shortly after a change, and when
 * the page goes away. It sends the form itself, so nothing is stored in the browser.
 *
 *   form[data-keep]        the address it is sent to
 *   [data-keep-says]       says since when it is kept; not announced, it would interrupt
 *   [data-keep-trouble]    says that it could not be kept; announced, once
 *
 * Without this script the button "Keep for later" does the same.
 */
(function () {
  "use strict";

  var PAUSE = 1500;
  var AGAIN = 30000;

  var form = document.querySelector("form[data-keep]");
  if (!form || !window.fetch || !window.FormData) {
    return;
  }

  var address = form.getAttribute("data-keep");
  var says = form.querySelector("[data-keep-says]");
  var trouble = form.querySelector("[data-keep-trouble]");
  var timer = null;
  var changed = false;
  var sending = false;
  var over = false;

  function say(element, words) {
    if (element && element.textContent !== words) {
      element.textContent = words;
    }
  }

  function later(pause) {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, pause);
  }

  function kept(answer) {
    sending = false;
    if (answer.kept) {
      say(says, "Kept at " + answer.kept + ". Nobody else can see it before you send it.");
      say(trouble, "");
    }
    if (changed) {
      later(PAUSE);
    }
  }

  function notKept() {
    sending = false;
    changed = true;
    say(trouble, "Not kept just now: your answers are still on this page.");
    later(AGAIN);
  }

  function keep() {
    if (!changed || sending || over) {
      return;
    }
    changed = false;
    sending = true;
    window
      .fetch(address, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        redirect: "manual",
        cache: "no-store",
      })
      .then(function (response) {
        if (!response.ok) {
          throw new Error("not kept");
        }
        return response.json();
      })
      .then(kept, notKept);
  }

  // The page goes away: what is not kept yet is sent along without waiting for an answer.
  function keepOnLeaving() {
    if (!changed || over) {
      return;
    }
    changed = false;
    if (navigator.sendBeacon && navigator.sendBeacon(address, new FormData(form))) {
      return;
    }
    changed = true;
  }

  say(says, "What you choose is kept for you as you go. Nobody else can see it before you send it.");

  form.addEventListener("change", function () {
    changed = true;
    later(PAUSE);
  });
  form.addEventListener("input", function () {
    changed = true;
    later(PAUSE);
  });
  form.addEventListener("submit", function () {
    over = true;
    window.clearTimeout(timer);
  });

  // Whoever leaves now leaves: the session ends, and nothing is sent after it.
  var leave = document.getElementById("leave");
  if (leave) {
    leave.addEventListener("submit", function () {
      keepOnLeaving();
      over = true;
    });
  }

  window.addEventListener("online", keep);
  window.addEventListener("pagehide", keepOnLeaving);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") {
      keepOnLeaving();
    }
  });
})();
