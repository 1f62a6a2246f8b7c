-- The flow of service 1001: what anybody hears who calls it. A new version is a new row; the latest of a name is used.
insert into ottb.flow (id, name, version, document) values
  ('01900000-0000-7000-8000-000000001001', 'service-1001', 1,
   '{"start":"welcome","nodes":{
      "welcome":{"play":["welcome","press"],"gather":{"max":4,"timeout_ms":3000},
                 "branch":{"":"goodbye","9":"goodbye","else":"thanks"}},
      "thanks":{"play":["thanks"],"next":"goodbye"},
      "goodbye":{"play":["goodbye"],"next":"end"},
      "end":{"hang_up":true}}}');
