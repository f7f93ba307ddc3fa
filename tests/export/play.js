// Play QTI 3.0 items in a page that has loaded Vue and the player: load(xml, values) gives the scores of responses.
(() => {
  const waiting = {};
  const wait = (name) => new Promise((done, failed) => {
    waiting[name] = done;
    setTimeout(() => failed(new Error(`no ${name} came`)), 20000);
  });
  const told = (name) => (data) => waiting[name] && waiting[name](data);
  let player, loads = 0;
  new Vue({
    render: (make) => make(window.qti3Player.default || window.qti3Player, {
      props: { suppressAlertMessages: true, suppressInvalidResponseMessages: true },
      on: {
        notifyQti3PlayerReady: (one) => { player = one; },
        notifyQti3ItemReady: told("item"),
        notifyQti3EndAttemptCompleted: told("end"),
      },
    }),
  }).$mount("#app");

  async function attempt(xml, state) {
    const sessionControl = { max_attempts: 0, show_feedback: true, validate_responses: false };
    const configuration = { guid: "one", pnp: {}, status: "interacting", sessionControl };
    if (state) configuration.state = state;
    const ready = wait("item");
    loads += 1;
    player.loadItemFromXml(xml + "\n".repeat(1 + loads % 2), configuration);  // the same text is not loaded again
    await ready;
    const shown = document.body.innerText;
    const ended = wait("end");
    player.endAttempt("test");
    return { state: (await ended).state, shown };
  }

  window.play = async (xml, values) => {
    const { state, shown } = await attempt(xml, null);
    for (const one of state.responseVariables) if (one.identifier in values) one.value = values[one.identifier];
    const marked = (await attempt(xml, state)).state;
    const variables = (list) => Object.fromEntries(list.map((one) => [one.identifier, one.value]));
    return { responses: variables(marked.responseVariables), outcomes: variables(marked.outcomeVariables), shown };
  };
})();
