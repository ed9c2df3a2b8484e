/** What people say of things: concept → the words for it, in the form of `things.ts`. */
export const states = {
  works:
    'work works worked working success* succeed* succes* connects fine ok okay no_problem* without_problem* without_issue* without_any* no_issue* no_error* online all_good correctly normally reliab* flawless* perfectly instantly at_once passes',
  connect: 'connect connects connected connecting connection establish* reconnect* re_connect* conect* handshake open',
  fails:
    'fail fails failed failing failure failures error errors errno refus* reject* denied deny denies broke broken breaks cannot unable timeout* timed_out time_out abort* problem* issue* trouble dead doesnt stops stopped dies died',
  gone: 'contains_none none_of lists_none forgets nothing_else gone lost lose loses losing vanish* disappear* wiped forgot forgets empty blank deleted erased missing cleared went_away nothing not_found no_longer_exist* absent',
  held: 'keep keeps kept listed list lists present stored there exist* shown shows show holds contain* visible appear* found',
  written:
    'writ* wrote rewrote re_wrote rewrit* reprovision* re_provision* provision* load loaded loading stored store flash* upload* install* program* add added inject* put set import* burn* save saved copied copying drag drag_and_drop* dragged deploy*',
  forgot: 'forgot forget forgotten skip* overlook* omit* missed neglect* oversight',
  never: 'never not_yet',
  wrong:
    'wrong incorrect* bad invalid improper* false faulty accident* not_right typo typos misspel* mixed swapped confus* unsupported erroneous',
  other: 'other another different differ* else mismatch* instead rather unlike unrelated',
  instead: 'instead rather in_place_of',
  'valid-for': 'issued_for issued_to made_for made_out_to valid_for created_for',
  taken: 'taken took pick* select* chose* grab* used',
  characters: 'char* byte* letter*',
  'many-times':
    'times repeatedly in_a_row often many several frequent* constantly every again_and_again over_and_over ten_times continuously',
  accident: 'accident* by_mistake mistak* wrongly inadvertent* confus*',
  fit: 'fit fits match* belong* correspond* pair paired agree* equal* consist*',
  mixed:
    'mixed mix swapped swap exchanged interchanged mismatch* confus* mix_up mixup crossed wrong cross twisted reversed',
  differ: 'differ* mismatch* different unequal not_the_same wrong other',
  same: 'same identical duplicate* shared share shares hardcoded hard_coded equal both unique cloned clone copy',
  expired:
    'expir* expir* outdated out_of_date lapsed ran_out obsolete run_out ended too_old no_longer_valid valid_until',
  changed:
    'change changed changes changing switch switched switches switching moved moving migrat* renew* replac* rotat* reissu* re_issu* updat* upgrad* swap* new roll_over rollover regenerat* transition* now_use* now_uses cross_sign* adapted altered adjusted',
  renewed:
    'renew* rotat* reissu* re_issu* expir* certbot acme regenerat* new_cert* new_certificate* 90_days 60_days 3_months',
  'too-large':
    'too_large too_big too_long exceed* bigger_than larger_than longer_than more_than over_4* above limit limits limited oversize* huge large long size kb kib bytes 4096 4k 2048 2k max* big add_up adds_up maximum',
  'over-size':
    'bigger_than larger_than longer_than more_than exceeds exceeding too_long too_big too_large longer bigger larger',
  smaller: 'smaller shorter short small reduced shorten* ecdsa ecc p256 fewer',
  'too-small':
    'too_small small insufficient not_enough overflow* exhaust* out_of run_out ran_out increas* rais* larger bigger enlarg* enomem reduc* more lack* full oom corrupt* leak* doubl* enough too_short shrink* goes_down went_down decreas* runs_out run_low low leaks grows growing exceed* overrun* overflows overwrit* too_long',
  hangs:
    'hang hangs hung hanging stuck freez* froze frozen block blocks blocked never_return* never_finish* never_come* no_response no_answer no_reply never_answer* infinite* forever lock* endless* endless_wait wait_state waits_for_ever waits_forever',
  mute: "dead mute lifeless no_sign no_life no_led no_leds no_light no_lights black_screen not_enumerat* no_serial_port no_com_port brick* silent unresponsive no_output no_response no_answer no_reply nothing_happens does_not_boot not_boot* lifeless no_log* no_logs blank no_longer_boot* no_longer_respond* no_longer_start* won't_boot doesn't_boot not_respond* not_start* never_boot* console_empty empty_console console_blank console_silent nothing_on_the_console no_console no_usb no_prompt no_boot no_uart nothing_at_all shows_nothing prints_nothing starts_nothing does_nothing not_enumerated no_device stays_dark dark not_visible not_show_up not_recogniz* no_com_ports no_port no_serial no_ports com_ports_gone ports_gone",
  odd: 'garbl* gibberish mangl* corrupt* lost loses lose missing overrun* truncat* swallow* cut_off drop* extra_char* weird strange garbage junk nonsense scrambl* incomplete partial* half misses_a_piece misses_characters missing_bytes missing_characters overrun overruns unreadable wrong_characters drops_bytes drops_characters eats cut_short cut_after misses miss swallows swallow short_of shortened',
  damaged:
    'broken missing not_soldered not_populated not_mounted defect* damage* faulty loose cold collaps* not_connected unconnected unsolder* burn* burnt crack* shorted wet water wrong floating detun* unpopulated not_populated poor disconnected dry_joint bridge bridged short_circuit* solder_bridge x_ray xray missing_part wrong_polarity reverse* overvolt* esd overheat* not_fitted unfitted not_plugged torn rotated misplaced wrong_value turned_round swapped_parts detached',
  replaced:
    'replac* swap* exchang* rework* reflow* resolder* reseat* re_seat* new another different other clean* bypass* rewir*',
  well: 'can_connect could_connect work works worked working connects connected online registers registered attaches attached succeeds succeeded accepted fine function functions good went_through goes_through go_through gets_through comes_through found_a_cell found_cell finds_a_cell online_again behaves fine_again is_up comes_up came_up runs run boots booted downloads',
  crash:
    'crash* fault faults hardfault* hard_fault* kernel_panic panicked panics assert* core_dump coredump exception usagefault busfault mpu_fault secure_fault',
  'hard-fault': 'hardfault* hard_fault* usage_fault bus_fault mpu_fault core_faults panics panicked segfault*',
  reset: 'reset resets resetting reboot* restart* re_boot* watchdog* sys_reboot power_cycl* boot_loop bootloop',
  'power-cycle':
    'power_cycl* unplug* repower* re_power* cold_boot remov*_power power_off_and_on disconnect*_power power_removal remove_the_battery removing_the_battery removing_power taking_the_power remove_power pull*_the_plug battery_out power_toggle toggling_power turn_off_and_on',
  again:
    'all_day all_night again repeated* times often many every periodic* loop loops cycl* continu* constant* endless* forever keeps keep random* sporadic* intermittent* regular* minutes seconds repeatedly forever_and for_ever endlessly',
  drops:
    'kicks kicking kick_out hangup* drop drops dropped disconnect* kick* thrown closed closes close lost loses terminat* ends tear* reset fin hang*_up shut* cut goes_offline offline cuts cutting',
  cut: 'cut cuts cutting remov* switch_off switches_off switched_off turn_off turns_off load_switch pull pulls pulled loses lost',
  register:
    'regist* attach* camp camps join* find finds get_network connect_to_network connect_to_lte network_connection lte_connection cereg',
  search: 'search* scan scans scanned scanning look*_for cereg:_2 limbo',
  registered:
    'regist* onboard* on_board* enrol* claim* created provision* add added associat* known exist* activat* attach* just_in_time jitp jitr listed import*',
  'is-registered':
    'is_registered are_registered was_registered got_registered gets_registered modem_registered is_attached registered_home registered_roaming connected_to_lte connected_to_network connected_to_the_network lte_connected lte_is_connected lte_link_is_up lte_up lte_is_up network_is_up network_connected ip_assigned ip_is_assigned has_an_ip gets_an_ip address_assigned registers_fine',
  inactive:
    'inactive suspend* deactivat* disabled disable revok* barred unpaid used_up exhausted ended terminated cancel* expir* block* lapsed pending not_yet_active quota exceeded ran_out run_out depleted locked out_of_data top_up topped_up ready_for_activation awaiting_activation test_ready never_activated not_activated pre_activ* preactiv* on_hold unregistered_sim data_used_up volume_used used_up_the',
  active: 'activ* enabl* paid topped reactivat* re_activat*',
  available: 'available support* offer* deploy* cover* rolled_out exist* provide* roll_out allow* permit* enabled',
  blocked:
    'block* filter* closed drops dropped dropping not_open forward* allow* open opened opening whitelist* restrict* unreachable reachable rule rules prevent* inbound outbound denied',
  down: 'down not_running stopped offline crashed stop unreachable outage maintenance not_started not_listening exited has_exited not_up is_off switched_off powered_off rebooting',
  resolved: 'resolv* looked_up look_up',
  allow: 'allow* permit* grant* permission* access right rights authoriz*',
  deny: 'deny denies denied reject* refus* forbid* forbidden block* unauthoriz* not_authoriz* close* disconnect* restrict* prohibit* mismatch* drop* kick*',
  refuses: 'reject* refus* deny denies denied forbid* forbidden bar bars barred ban banned prohibit* disallow*',
  unsupported:
    'unsupported incompatib* not_support* support* compatib* too_old requires require required not_meant must_be_updated mismatch* old older outdated deprecated downgrad* minimum at_least not_recommended only_for verified wants needs requir* demands expects introduced since_version only_from from_version from_mfw not_implemented not_available_in',
  bug: 'bug bugs regress* known_issue* known_problem* fixed_in patch* revert* pull_request pr commit bugfix workaround hotfix upstream fix_is backport* race race_condition deadlock leak leaks leaking typeerror attributeerror keyerror importerror backwards_incompatible breaking_change broke_in broken_in introduced_in pinned pinning changelog release_notes',
  'version-number': 'v1 v2 v3',
  altered: 'chang* set sets setting adapt* correct* replac* adjust*',
  untouched:
    'untouched unchanged nothing_changed nothing_has_changed not_changed not_touched same_code no_change no_changes as_it_was unmodified',
  enrolled: 'regist* onboard* on_board* enrol* claim* jitp jitr',
  'as-ca': 'as_ca as_the_ca as_root as_a_root as_the_root as_trusted as_type_0 as_root_ca',
  offloaded: 'offload*',
  version:
    'version versions v1 v2 v3 1.* 2.* 3.* updat* upgrad* downgrad* newer older latest release previous earlier revert* main master',
  order:
    'before first early later wrong_order after order until prior too_early too_late sequence wait waits waiting twice second_time while_connected while_active while_online already beforehand upfront previously_initialized',
  unset:
    'missing wrong forgot* unset disabled enabl* enable not_set must needs needed need =n =y add adding added setting set disable disabling default chang* correct* undefined forgotten left_out never_set never_called left_over leftover',
  leftover: 'left_over leftover still_set still_active still_there forgotten from_a_test',
  mode: 'offline flight_mode cfun=0 cfun=4 at+cfun=4 at+cfun=0 online active functional_mode airplane',
  cure: "cure* fix fixed fixes fixing solv* issue_resolved problem_resolved is_resolved was_resolved resolved_by resolved_it resolved_the resolves_the resolves_it been_resolved resolved_after resolved_with help helps helped works_now now_works now_connects connects_now working_now now_working did_the_trick made_it_work works_again working_again worked_again recovers recovered_after recovered_by solution the_problem_was the_issue_was problem_was issue_was culprit root_cause turned_out turns_out it_was_gone went_away connects_again back_online makes_it_work now_it_works it_is_gone error_is_gone problem_is_gone issue_is_gone it's_gone is_gone_since are_gone disappeared disappears no_more_errors",
  deed: 'raising raised increasing increased decreasing lowering lowered reducing reduced enabling enabled disabling disabled removing removed setting changing changed downgrading downgraded downgrade upgrading upgraded updating updated reverting reverted switching switched replacing replaced adding added moving moved reflashing reflashed reprogramming reprogrammed rebuilding rebuilt resoldering resoldered reseating unplugging unplugged patched patching pinning pinned going_back went_back rolling_back rolled_back erasing erased calling waiting powering turning swapping swapped selecting selected choosing',
  before: 'before previously used_to until earlier worked_for once originally formerly months weeks years untouched',
  condition: 'after once when with if without using instead until by via unless',
  detected: 'detect* found recogni* present inserted initializ* readable powered see seen',
  verify: 'verif* validat* trust* check*',
  trusted: 'trust* verif* accept* valid validat*',
  received: 'receiv* arriv* deliver* get gets through',
  runs: 'run runs running boot* start* execut* come_up comes_up',
  unexpected: 'unexpected* hangup hang_up immediate* right_after straight_after at_once',
  unsure: "not_sure unsure not_understand no_idea don't_know not_know not_clear unclear confus*",
  ago: 'ago used_to during_winter winter summer spring autumn last_year',
  'any-more': 'any_more anymore no_longer not_any_longer',
  every: 'all every entire everyone everything whole',
  since:
    'since after suddenly overnight yesterday today recently from_one_day began started lately this_week this_morning last_week last_month as_of',
  only: 'only just solely exclusively single one',
  many: 'all every many several multiple both two three entire fleet everyone everything others each hundreds dozens',
  one: 'one single only_this only_one this_one a_single one_of just_one particular specific some few certain',
  'share-of': 'out_of one_of two_of three_of four_of five_of some_of few_of several_of half_of most_of',
  others: 'other others another second rest remaining different identical',
  success:
    'success* says_programmed programmed_ok both_ok tool_says it_says_ok no_errors_reported reported verified completed finished done ok passed',
  downgrade:
    'came_back_from back_from downgrad* rolled_back roll_back went_back go_back going_back older_version revert_to reverted_to back_to flashed_back previous_version older_firmware',
  cleared: 'clear* delet* remov* eras* wip* tidied cleaned_up clean_up purged',
  certain: 'sure certain know understand clear',
  shut: 'filtered blocked blocks firewalled closed',
  'each-other': 'each_other one_another take_turns takes_turns taking_turns alternat* in_turn ping_pong',
  reconnect: 'reconnect* re_connect*',
  'hard-coded': 'hard_coded hardcoded compiled_in built_in baked_in embedded',
  deactivated: 'deactivat* inactive revok* suspended pending_activation not_active quarantin* tidied cleaned_up',
  complete: 'complete* completes finished finishes ends_well stands passes passed done established',
  too: 'too also as_well likewise same_error same_way equally either neither',
  fine: 'ok okay fine good complete* done established made passes passed success* succeed*',
  support: 'support* compatib*',
  withdrawn: 'remov* drop* disabl* no_longer',
  direct: 'direct directly',
  sends: 'send sends sending sent transmit*',
  encrypted: 'encrypted encrypt pbes2 passphrase pass_phrase password_protected key_password',
  insecure: 'insecure setinsecure no_verify noverify skip_verif* skip_cert* verify_none',
  blank: 'empty blank none null zero unset nothing',
  old: 'old previous former',
  erase:
    'erase erased erasing eraseall erase_all chip_erase mass_erase recover recovered --recover full_erase format wip*',
  still: 'still survive* remain* persist* kept keeps nevertheless',
  slow: 'resend* resent re_send re_sent repeated slow slowly latency delay* too_long takes_long long_time timeout* time_out timed_out retransmi* deadline',
  longer: 'longer increas* rais* larger bigger extend* higher',
  first: 'first initial 1st cold',
  retry: 'second later next again retry retries subsequent afterwards then after_a_while eventually following',
  behind:
    '1970 1980 epoch not_set unset not_sync* wrong unsynchron* unsync* 2000 invalid future not_yet never_set ahead behind drift* before',
  garbage:
    'single_byte one_byte 1_byte garbage junk dummy truncat* cut_off malform* corrupt* placeholder html empty binary der unreadable unparsable unparseable random incomplete parse parsing asn1 half gibberish',
  dip: 'collaps* dip dips drop drops droop* sag sags too_low below unstable weak brown* noise noisy insufficient spike* peak* limited limit inrush low 3.0v 2.8v falls fall fell drop_to going_down goes_down going_low sinks sinking collapse collapsing',
  consumption: 'current consumption ma draws draw ua microamp* milliamp*',
  high: 'high too_high higher excessive abnormal unusual hot heat* warm overheat*',
  mentions: 'subject name names issued valid made created',
  respond: 'respond* answer* repl* react* talk talks reach* recogniz* enumerat* detect* show_up shows_up appear*',
  'no-answer':
    'no_answer no_response no_reply no_reaction timing_out time_out timed_out timeout* times_out unresponsive not_responding silent mute dead without_reaction without_any_reaction without_response without_any_response without_answer without_an_answer without_reply answers_nothing nothing_back nothing_comes_back no_ok no_echo',
  bricked: 'brick*',
  gives:
    'output* provid* deliver* supplies supply supplied gives give generat* turn_on turns_on switch_on powered power volts volt',
  'in-vain':
    'nothing_changes nothing_happens no_difference no_change no_effect no_luck no_avail same_result same_behavior no_improvement nothing_changed in_vain not_help* not_change* change_nothing changes_nothing changed_nothing nothing_helps nothing_helped without_success without_effect',
  sometimes:
    'sometimes occasional* sporadic* intermittent* random* half_of_the 50% percent once_in_a_while now_and_then rarely',
  unverified:
    'insecure set_insecure setinsecure skip_verif* without_verif* disable_verif* verification_off verification_disabled verify_none accept_self_signed accept_any accept_all no_verification without_checking trust_all ignore_certificate* skip_cert*',
  removed: 'remov* without commented_out left_out leave_out deleted saved spared omitted dropped left_unconnected',
  off: 'off disabled none without',
  contact: 'loose bad_contact contact contacts reseat* re_seat* bent dirty oxid* wiggl* push_pull tray holder slot',
  run: 'run runs running boot boots booted start starts started execut* come_up comes_up launch*',
  'start-up': 'init initializ* initialis* start starts starting startup start_up boot',
  looping: 'looping loops loop again_and_again over_and_over boot_loop bootloop repeats repeating endless*',
  measured: 'measur* multimeter oscilloscope scope probing probed logic_analy* power_profiler ppk',
  'zero-volt': '0_v 0v 0_volt* 0.0_v zero_volt* no_voltage microvolt* no_1.8v 0.1_v',
} as const
