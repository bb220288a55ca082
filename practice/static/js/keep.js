/*
 * Keeps a half-finished form on the server, for its author alone: shortly after a change, and when
 * the page goes away. It sends the form itself, so nothing is stored in the browser.
 *
 *   form[data-keep]        the address it is sent to
 *   [data-keep-says]       says since when it is kept; not announced, it would interrupt
 *   [data-keep-trouble]    says that it could not be kept; announced, once
 *
 * Their own words stand in data-begin and data-kept ("{time}"), data-not-kept, data-not-sent and
 * data-back. Whoever types without a pause is kept every few seconds all the same.
 *
 * Sent without a connection, a form would be exchanged for the browser's own error page and what
 * was not kept would be lost: it stays, and says so.
 *
 * Without this script the button "Keep for later" does the same.
 */
(function () {
  "use strict";

  var PAUSE = 1500;
  var LONGEST = 5000;
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
  var reached = false;
  var unreachable = false;
  var held = false;
  var since = 0;

  function words(element, name, otherwise) {
    return (element && element.getAttribute("data-" + name)) || otherwise;
  }

  var BEGIN = words(
    says,
    "begin",
    "What you choose or write is kept for you as you go. Nobody else can see it before you send it."
  );
  var KEPT = words(says, "kept", "Kept at {time}. Nobody else can see it before you send it.");
  var NOT_KEPT = words(
    trouble,
    "not-kept",
    "Not kept just now: your answers are still on this page."
  );
  var NOT_SENT = words(
    trouble,
    "not-sent",
    "There is no connection just now. Your answers are still on this page; try again in a moment."
  );
  var REACHED_AGAIN = words(
    trouble,
    "back",
    "The connection is back. You can send your answers now."
  );

  function say(element, words) {
    if (element && element.textContent !== words) {
      element.textContent = words;
    }
  }

  function later(pause) {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, pause);
  }

  // A moment after the last change; at the latest some seconds after the first one not kept.
  function soon() {
    var now = Date.now();
    since = changed ? since : now;
    changed = true;
    later(Math.max(0, Math.min(PAUSE, since + LONGEST - now)));
  }

  function kept(answer) {
    sending = false;
    reached = true;
    unreachable = false;
    say(trouble, held ? REACHED_AGAIN : "");
    held = false;
    if (answer.kept) {
      say(says, KEPT.replace("{time}", answer.kept));
    }
    if (changed) {
      later(PAUSE);
    }
  }

  function notKept() {
    sending = false;
    changed = true;
    say(trouble, held ? NOT_SENT : NOT_KEPT);
    later(AGAIN);
  }

  // A server that refuses has answered: sending the form leads to a page that says why.
  function noAnswer(problem) {
    unreachable = !problem.answered;
    reached = reached && !unreachable;
    notKept();
  }

  // Certain where the browser knows that it is offline. Where only keeping did not work, the form
  // is held back once and no more: nobody must be kept from sending.
  function mayBeLost() {
    return !reached && (navigator.onLine === false || (unreachable && !held));
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
          throw { answered: true };
        }
        return response.json();
      })
      .then(kept, noAnswer);
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

  say(says, BEGIN);

  form.addEventListener("change", soon);
  form.addEventListener("input", soon);
  form.addEventListener("submit", function (event) {
    if (mayBeLost()) {
      event.preventDefault();
      held = true;
      changed = true;
      say(trouble, NOT_SENT);
      later(0);
      return;
    }
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
  window.addEventListener("offline", function () {
    reached = false;
  });
  window.addEventListener("pagehide", keepOnLeaving);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") {
      keepOnLeaving();
    }
  });
})();
