SET FOREIGN_KEY_CHECKS = 0;
CREATE TABLE `alembic_version` (
  `version_num` varchar(32) NOT NULL,
  PRIMARY KEY (`version_num`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `alembic_version` (`version_num`) VALUES ('v3.0.0.d');
CREATE TABLE `studies` (
  `study_id` int(11) NOT NULL AUTO_INCREMENT,
  `study_name` varchar(512) NOT NULL,
  PRIMARY KEY (`study_id`),
  UNIQUE KEY `ix_studies_study_name` (`study_name`)
) ENGINE=InnoDB AUTO_INCREMENT=9 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `studies` (`study_id`, `study_name`) VALUES (5,'attributes');
INSERT INTO `studies` (`study_id`, `study_name`) VALUES (6,'constraints');
INSERT INTO `studies` (`study_id`, `study_name`) VALUES (8,'empty');
INSERT INTO `studies` (`study_id`, `study_name`) VALUES (2,'numbers');
INSERT INTO `studies` (`study_id`, `study_name`) VALUES (3,'parameters');
INSERT INTO `studies` (`study_id`, `study_name`) VALUES (7,'retries');
CREATE TABLE `study_directions` (
  `study_direction_id` int(11) NOT NULL AUTO_INCREMENT,
  `direction` enum('NOT_SET','MINIMIZE','MAXIMIZE') NOT NULL,
  `study_id` int(11) NOT NULL,
  `objective` int(11) NOT NULL,
  PRIMARY KEY (`study_direction_id`),
  UNIQUE KEY `study_id` (`study_id`,`objective`),
  CONSTRAINT `study_directions_ibfk_1` FOREIGN KEY (`study_id`) REFERENCES `studies` (`study_id`)
) ENGINE=InnoDB AUTO_INCREMENT=12 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (2,'MINIMIZE',2,0);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (3,'MAXIMIZE',3,0);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (5,'MINIMIZE',5,0);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (6,'MINIMIZE',6,0);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (7,'MAXIMIZE',6,1);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (8,'MINIMIZE',7,0);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (9,'MAXIMIZE',8,0);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (10,'MINIMIZE',8,1);
INSERT INTO `study_directions` (`study_direction_id`, `direction`, `study_id`, `objective`) VALUES (11,'MAXIMIZE',8,2);
CREATE TABLE `study_system_attributes` (
  `study_system_attribute_id` int(11) NOT NULL AUTO_INCREMENT,
  `study_id` int(11) DEFAULT NULL,
  `key` varchar(512) DEFAULT NULL,
  `value_json` text DEFAULT NULL,
  PRIMARY KEY (`study_system_attribute_id`),
  UNIQUE KEY `study_id` (`study_id`,`key`),
  CONSTRAINT `study_system_attributes_ibfk_1` FOREIGN KEY (`study_id`) REFERENCES `studies` (`study_id`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `study_system_attributes` (`study_system_attribute_id`, `study_id`, `key`, `value_json`) VALUES (1,6,'nsga2:population:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855','[1, [2, 3, 6, 7]]');
CREATE TABLE `study_user_attributes` (
  `study_user_attribute_id` int(11) NOT NULL AUTO_INCREMENT,
  `study_id` int(11) DEFAULT NULL,
  `key` varchar(512) DEFAULT NULL,
  `value_json` text DEFAULT NULL,
  PRIMARY KEY (`study_user_attribute_id`),
  UNIQUE KEY `study_id` (`study_id`,`key`),
  CONSTRAINT `study_user_attributes_ibfk_1` FOREIGN KEY (`study_id`) REFERENCES `studies` (`study_id`)
) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `study_user_attributes` (`study_user_attribute_id`, `study_id`, `key`, `value_json`) VALUES (1,5,'é','{\"deep\": [[[null, true, 1, 1.5, \"text\"]]], \"nan\": [NaN, Infinity]}');
INSERT INTO `study_user_attributes` (`study_user_attribute_id`, `study_id`, `key`, `value_json`) VALUES (2,5,'again','\"another\"');
CREATE TABLE `trial_heartbeats` (
  `trial_heartbeat_id` int(11) NOT NULL AUTO_INCREMENT,
  `trial_id` int(11) NOT NULL,
  `heartbeat` datetime NOT NULL,
  PRIMARY KEY (`trial_heartbeat_id`),
  UNIQUE KEY `trial_id` (`trial_id`),
  CONSTRAINT `trial_heartbeats_ibfk_1` FOREIGN KEY (`trial_id`) REFERENCES `trials` (`trial_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `trial_intermediate_values` (
  `trial_intermediate_value_id` int(11) NOT NULL AUTO_INCREMENT,
  `trial_id` int(11) NOT NULL,
  `step` int(11) NOT NULL,
  `intermediate_value` double DEFAULT NULL,
  `intermediate_value_type` enum('FINITE','INF_POS','INF_NEG','NAN') NOT NULL,
  PRIMARY KEY (`trial_intermediate_value_id`),
  UNIQUE KEY `trial_id` (`trial_id`,`step`),
  CONSTRAINT `trial_intermediate_values_ibfk_1` FOREIGN KEY (`trial_id`) REFERENCES `trials` (`trial_id`)
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `trial_intermediate_values` (`trial_intermediate_value_id`, `trial_id`, `step`, `intermediate_value`, `intermediate_value_type`) VALUES (1,8,0,NULL,'NAN');
INSERT INTO `trial_intermediate_values` (`trial_intermediate_value_id`, `trial_id`, `step`, `intermediate_value`, `intermediate_value_type`) VALUES (2,8,1,NULL,'INF_POS');
INSERT INTO `trial_intermediate_values` (`trial_intermediate_value_id`, `trial_id`, `step`, `intermediate_value`, `intermediate_value_type`) VALUES (3,8,2,NULL,'INF_NEG');
INSERT INTO `trial_intermediate_values` (`trial_intermediate_value_id`, `trial_id`, `step`, `intermediate_value`, `intermediate_value_type`) VALUES (4,8,2147483647,1.5,'FINITE');
CREATE TABLE `trial_params` (
  `param_id` int(11) NOT NULL AUTO_INCREMENT,
  `trial_id` int(11) DEFAULT NULL,
  `param_name` varchar(512) DEFAULT NULL,
  `param_value` double DEFAULT NULL,
  `distribution_json` text DEFAULT NULL,
  PRIMARY KEY (`param_id`),
  UNIQUE KEY `trial_id` (`trial_id`,`param_name`),
  CONSTRAINT `trial_params_ibfk_1` FOREIGN KEY (`trial_id`) REFERENCES `trials` (`trial_id`)
) ENGINE=InnoDB AUTO_INCREMENT=90 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (1,10,'x',1,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (2,11,'y',0.4899009863746866,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (3,12,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (4,12,'log',0.001,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 1e-06, \"high\": 1.0, \"log\": true}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (5,12,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (6,12,'int',8589934592,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (7,12,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (8,12,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (9,12,'choice',0,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (10,13,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (11,13,'log',0.001,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 1e-06, \"high\": 1.0, \"log\": true}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (12,13,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (13,13,'int',8589934593,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (14,13,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (15,13,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (16,13,'choice',1,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (17,14,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (18,14,'log',0.001,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 1e-06, \"high\": 1.0, \"log\": true}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (19,14,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (20,14,'int',8589934594,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (21,14,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (22,14,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (23,14,'choice',2,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (24,15,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (25,15,'log',0.001,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 1e-06, \"high\": 1.0, \"log\": true}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (26,15,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (27,15,'int',8589934595,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (28,15,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (29,15,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (30,15,'choice',3,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (31,16,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (32,16,'log',0.001,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 1e-06, \"high\": 1.0, \"log\": true}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (33,16,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (34,16,'int',8589934596,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (35,16,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (36,16,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (37,16,'choice',4,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (38,17,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (39,17,'log',0.001,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 1e-06, \"high\": 1.0, \"log\": true}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (40,17,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (41,17,'int',8589934597,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (42,17,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (43,17,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (44,17,'choice',4,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (45,18,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (46,18,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (47,18,'int',8589934598,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (48,18,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (49,18,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (50,18,'choice',6,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (51,19,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (52,19,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (53,19,'int',8589934599,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (54,19,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (55,19,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (56,19,'choice',7,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (57,20,'float',0.5,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": -1.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (58,20,'stepped',0.75,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": 0.25, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (59,20,'int',8589934600,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": -1099511627776, \"high\": 1099511627776}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (60,20,'int log',7,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": true, \"step\": 1, \"low\": 1, \"high\": 1048576}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (61,20,'int stepped',15,'{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 5, \"low\": 0, \"high\": 100}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (62,20,'choice',8,'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, Infinity, -Infinity, null, true, 1, 1.5, \"1\", \"\\u00c9 \\\"\\\\ \\ud83d\\ude42\"]}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (63,23,'x',0.5488135039273248,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (64,23,'y',0.7151893663724195,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (65,24,'x',0.6027633760716439,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (66,24,'y',0.5448831829968969,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (67,25,'x',0.4236547993389047,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (68,25,'y',0.6458941130666561,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (69,26,'x',0.4375872112626925,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (70,26,'y',0.8917730007820798,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (71,27,'x',0.9636627605010293,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (72,27,'y',0.3834415188257777,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (73,28,'x',0.7917250380826646,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (74,28,'y',0.6458941130666561,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (75,29,'x',0.4375872112626925,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (76,29,'y',0.6458941130666561,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (77,30,'x',0.5288949197529045,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (78,30,'y',0.8917730007820798,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (79,31,'x',0.4375872112626925,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (80,31,'y',0.8917730007820798,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (81,32,'x',0.4375872112626925,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (82,32,'y',0.6458941130666561,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (83,33,'x',0.4236547993389047,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (84,33,'y',0.6458941130666561,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (85,34,'x',0.5680445610939323,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (86,34,'y',0.6458941130666561,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (87,35,'x',0.10566483076962041,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (88,36,'x',0.10566483076962041,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
INSERT INTO `trial_params` (`param_id`, `trial_id`, `param_name`, `param_value`, `distribution_json`) VALUES (89,37,'x',0.10566483076962041,'{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}');
CREATE TABLE `trial_system_attributes` (
  `trial_system_attribute_id` int(11) NOT NULL AUTO_INCREMENT,
  `trial_id` int(11) DEFAULT NULL,
  `key` varchar(512) DEFAULT NULL,
  `value_json` text DEFAULT NULL,
  PRIMARY KEY (`trial_system_attribute_id`),
  UNIQUE KEY `trial_id` (`trial_id`,`key`),
  CONSTRAINT `trial_system_attributes_ibfk_1` FOREIGN KEY (`trial_id`) REFERENCES `trials` (`trial_id`)
) ENGINE=InnoDB AUTO_INCREMENT=30 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (1,10,'fixed_params','{\"x\": 1.0}');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (2,23,'nsga2:generation','0');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (3,23,'constraints','[0.04881350392732475, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (4,24,'nsga2:generation','0');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (5,24,'constraints','[0.10276337607164387, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (6,25,'nsga2:generation','0');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (7,25,'constraints','[-0.07634520066109529, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (8,26,'nsga2:generation','0');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (9,26,'constraints','[-0.06241278873730749, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (10,27,'nsga2:generation','1');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (11,27,'constraints','[0.4636627605010293, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (12,28,'nsga2:generation','1');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (13,28,'constraints','[0.2917250380826646, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (14,29,'nsga2:generation','1');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (15,29,'constraints','[-0.06241278873730749, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (16,30,'nsga2:generation','1');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (17,30,'constraints','[0.02889491975290448, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (18,31,'nsga2:generation','2');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (19,31,'constraints','[-0.06241278873730749, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (20,32,'nsga2:generation','2');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (21,32,'constraints','[-0.06241278873730749, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (22,33,'nsga2:generation','2');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (23,33,'constraints','[-0.07634520066109529, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (24,34,'nsga2:generation','2');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (25,34,'constraints','[0.06804456109393231, -1.0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (26,36,'failed_trial','0');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (27,36,'retry_history','[0]');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (28,37,'failed_trial','0');
INSERT INTO `trial_system_attributes` (`trial_system_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (29,37,'retry_history','[0, 1]');
CREATE TABLE `trial_user_attributes` (
  `trial_user_attribute_id` int(11) NOT NULL AUTO_INCREMENT,
  `trial_id` int(11) DEFAULT NULL,
  `key` varchar(512) DEFAULT NULL,
  `value_json` text DEFAULT NULL,
  PRIMARY KEY (`trial_user_attribute_id`),
  UNIQUE KEY `trial_id` (`trial_id`,`key`),
  CONSTRAINT `trial_user_attributes_ibfk_1` FOREIGN KEY (`trial_id`) REFERENCES `trials` (`trial_id`)
) ENGINE=InnoDB AUTO_INCREMENT=11 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (1,10,'why','\"a guess\"');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (3,22,'empty','\"\"');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (4,22,'list','[1, 2.5, null]');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (5,22,'again','[2]');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (6,22,'É','NaN');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (7,22,'long','\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (8,35,'kept','true');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (9,36,'kept','true');
INSERT INTO `trial_user_attributes` (`trial_user_attribute_id`, `trial_id`, `key`, `value_json`) VALUES (10,37,'kept','true');
CREATE TABLE `trial_values` (
  `trial_value_id` int(11) NOT NULL AUTO_INCREMENT,
  `trial_id` int(11) NOT NULL,
  `objective` int(11) NOT NULL,
  `value` double DEFAULT NULL,
  `value_type` enum('FINITE','INF_POS','INF_NEG') NOT NULL,
  PRIMARY KEY (`trial_value_id`),
  UNIQUE KEY `trial_id` (`trial_id`,`objective`),
  CONSTRAINT `trial_values_ibfk_1` FOREIGN KEY (`trial_id`) REFERENCES `trials` (`trial_id`)
) ENGINE=InnoDB AUTO_INCREMENT=45 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (2,2,0,NULL,'INF_POS');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (3,3,0,NULL,'INF_NEG');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (4,4,0,0,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (5,5,0,1e300,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (6,6,0,5e-324,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (7,7,0,0.1,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (8,8,0,1.5,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (9,12,0,0,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (10,13,0,1,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (11,14,0,2,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (12,15,0,3,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (13,16,0,4,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (14,17,0,5,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (15,18,0,6,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (16,19,0,7,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (17,20,0,8,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (19,22,0,1,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (20,23,0,0.5488135039273248,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (21,23,1,0.7151893663724195,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (22,24,0,0.6027633760716439,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (23,24,1,0.5448831829968969,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (24,25,0,0.4236547993389047,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (25,25,1,0.6458941130666561,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (26,26,0,0.4375872112626925,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (27,26,1,0.8917730007820798,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (28,27,0,0.9636627605010293,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (29,27,1,0.3834415188257777,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (30,28,0,0.7917250380826646,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (31,28,1,0.6458941130666561,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (32,29,0,0.4375872112626925,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (33,29,1,0.6458941130666561,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (34,30,0,0.5288949197529045,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (35,30,1,0.8917730007820798,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (36,31,0,0.4375872112626925,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (37,31,1,0.8917730007820798,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (38,32,0,0.4375872112626925,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (39,32,1,0.6458941130666561,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (40,33,0,0.4236547993389047,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (41,33,1,0.6458941130666561,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (42,34,0,0.5680445610939323,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (43,34,1,0.6458941130666561,'FINITE');
INSERT INTO `trial_values` (`trial_value_id`, `trial_id`, `objective`, `value`, `value_type`) VALUES (44,37,0,0.5,'FINITE');
CREATE TABLE `trials` (
  `trial_id` int(11) NOT NULL AUTO_INCREMENT,
  `number` int(11) DEFAULT NULL,
  `study_id` int(11) DEFAULT NULL,
  `state` enum('RUNNING','COMPLETE','PRUNED','FAIL','WAITING') NOT NULL,
  `datetime_start` datetime DEFAULT NULL,
  `datetime_complete` datetime DEFAULT NULL,
  PRIMARY KEY (`trial_id`),
  KEY `study_id` (`study_id`),
  CONSTRAINT `trials_ibfk_1` FOREIGN KEY (`study_id`) REFERENCES `studies` (`study_id`)
) ENGINE=InnoDB AUTO_INCREMENT=38 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (2,0,2,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (3,1,2,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (4,2,2,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (5,3,2,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (6,4,2,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (7,5,2,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (8,6,2,'PRUNED','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (9,7,2,'FAIL','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (10,8,2,'RUNNING','2026-11-27 14:46:15',NULL);
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (11,9,2,'RUNNING','2026-11-27 14:46:15',NULL);
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (12,0,3,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (13,1,3,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (14,2,3,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (15,3,3,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (16,4,3,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (17,5,3,'COMPLETE','2026-11-27 14:46:15','2026-11-27 14:46:15');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (18,6,3,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (19,7,3,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (20,8,3,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (22,0,5,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (23,0,6,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (24,1,6,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (25,2,6,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (26,3,6,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (27,4,6,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:16');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (28,5,6,'COMPLETE','2026-11-27 14:46:16','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (29,6,6,'COMPLETE','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (30,7,6,'COMPLETE','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (31,8,6,'COMPLETE','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (32,9,6,'COMPLETE','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (33,10,6,'COMPLETE','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (34,11,6,'COMPLETE','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (35,0,7,'FAIL','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (36,1,7,'FAIL','2026-11-27 14:46:17','2026-11-27 14:46:17');
INSERT INTO `trials` (`trial_id`, `number`, `study_id`, `state`, `datetime_start`, `datetime_complete`) VALUES (37,2,7,'COMPLETE','2026-11-27 14:46:17','2026-11-27 14:46:17');
CREATE TABLE `version_info` (
  `version_info_id` int(11) NOT NULL,
  `schema_version` int(11) DEFAULT NULL,
  `library_version` varchar(256) DEFAULT NULL,
  PRIMARY KEY (`version_info_id`),
  CONSTRAINT `CONSTRAINT_1` CHECK (`version_info_id` = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO `version_info` (`version_info_id`, `schema_version`, `library_version`) VALUES (1,12,'3.1.0');
